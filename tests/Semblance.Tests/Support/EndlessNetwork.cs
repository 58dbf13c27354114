using System.Text;

namespace Semblance.Tests.Support;

/// <summary>An embedder whose graph is valid and never ends: a loop of almost 2^63 turns, written field by field.</summary>
internal static class EndlessNetwork
{
    private const int Float = 1,
        Int64 = 7,
        Bool = 9;

    /// <summary>Vectors of three numbers.</summary>
    public static byte[] Bytes()
    {
        byte[] body = Graph(
            "body",
            [Node("Identity", ["go"], ["go_on"]), Node("Sin", ["held"], ["changed"])],
            [],
            [Value("turn", Int64), Value("go", Bool), Value("held", Float, 0, 3)],
            [Value("go_on", Bool), Value("changed", Float, 0, 3)]
        );
        byte[] loop = [.. Text(1, "body"), .. Message(6, body), .. Number(20, 5)];
        byte[] graph = Graph(
            "endless",
            [
                Node("GlobalAveragePool", ["crop"], ["mean"]),
                Node("Flatten", ["mean"], ["flat"]),
                [.. Node("Loop", ["turns", "go_in", "flat"], ["vector"]), .. Message(5, loop)],
            ],
            [
                [.. Number(2, Int64), .. Text(8, "turns"), .. Message(9, BitConverter.GetBytes(long.MaxValue - 1))],
                [.. Number(2, Bool), .. Text(8, "go_in"), .. Message(9, [1])],
            ],
            [Value("crop", Float, 0, 3, 112, 112)],
            [Value("vector", Float, 0, 3)]
        );
        return [.. Number(1, 8), .. Message(7, graph), .. Message(8, Number(2, 17))];
    }

    private static byte[] Graph(string name, byte[][] nodes, byte[][] weights, byte[][] inputs, byte[][] outputs) =>
        [
            .. nodes.SelectMany(node => Message(1, node)),
            .. Text(2, name),
            .. weights.SelectMany(weight => Message(5, weight)),
            .. inputs.SelectMany(input => Message(11, input)),
            .. outputs.SelectMany(output => Message(12, output)),
        ];

    private static byte[] Node(string type, string[] inputs, string[] outputs) =>
        [.. inputs.SelectMany(name => Text(1, name)), .. outputs.SelectMany(name => Text(2, name)), .. Text(4, type)];

    /// <summary>A tensor; an axis of 0 is free.</summary>
    private static byte[] Value(string name, int type, params int[] axes)
    {
        byte[] shape = [.. axes.SelectMany(axis => Message(1, axis == 0 ? Text(2, "N") : Number(1, axis)))];
        return [.. Text(1, name), .. Message(2, Message(1, [.. Number(1, type), .. Message(2, shape)]))];
    }

    private static byte[] Text(int field, string text) => Message(field, Encoding.ASCII.GetBytes(text));

    private static byte[] Message(int field, byte[] content) => [.. VarInt(field << 3 | 2), .. VarInt(content.Length), .. content];

    private static byte[] Number(int field, long value) => [.. VarInt(field << 3), .. VarInt(value)];

    private static byte[] VarInt(long value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value & 0x7F | 0x80));
        return [.. bytes, (byte)value];
    }
}
