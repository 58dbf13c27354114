using System.Buffers.Binary;

namespace Semblance.Conversion.Tests.TfLite;

/// <summary>Writes the smallest useful TFLite file: one ReLU from <c>in</c> to <c>out</c>, both [1, 2, 2, 3].</summary>
internal static class SmallTfLite
{
    public static byte[] File()
    {
        // References only point forward, so lists come before what they list.
        Writer w = new();
        int root = w.Reserve(4);
        w.Text("TFL3");
        int model = w.Table(5);
        w.Point(root, model);
        w.Number(model, 0, 3);
        int codes = w.References(model, 1, 1),
            graphs = w.References(model, 2, 1),
            buffers = w.References(model, 4, 1);
        int code = w.Listed(codes, 0, fields: 4);
        w.Number(code, 3, 19);
        w.Listed(buffers, 0, fields: 1);
        int graph = w.Listed(graphs, 0, fields: 4);
        int tensors = w.References(graph, 0, 2),
            operators = w.References(graph, 3, 1);
        w.Refer(graph, 1, w.Numbers(0));
        w.Refer(graph, 2, w.Numbers(1));
        Tensor(w, w.Listed(tensors, 0, fields: 4), "in");
        Tensor(w, w.Listed(tensors, 1, fields: 4), "out");
        int op = w.Listed(operators, 0, fields: 3);
        w.Number(op, 0, 0);
        w.Refer(op, 1, w.Numbers(0));
        w.Refer(op, 2, w.Numbers(1));
        return w.Bytes;
    }

    private static void Tensor(Writer w, int tensor, string name)
    {
        w.Refer(tensor, 0, w.Numbers(1, 2, 2, 3));
        w.Refer(tensor, 3, w.TextVector(name));
    }

    /// <summary>Every field of a table is four bytes, which is all that this file needs; unused ones are zero and count as absent only for
    /// references.</summary>
    private sealed class Writer
    {
        private readonly List<byte> _bytes = [];

        public byte[] Bytes => [.. _bytes];

        public int Reserve(int count)
        {
            int at = _bytes.Count;
            _bytes.AddRange(new byte[count]);
            return at;
        }

        public void Text(string text) => _bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(text));

        /// <summary>A table with its own vtable in front of it, all fields absent.</summary>
        public int Table(int fields)
        {
            int vtable = Reserve(4 + 2 * fields),
                table = Reserve(4 + 4 * fields);
            Short(vtable, 4 + 2 * fields);
            Short(vtable + 2, 4 + 4 * fields);
            Int(table, table - vtable);
            return table;
        }

        public void Number(int table, int field, int value) => Int(Present(table, field), value);

        public void Refer(int table, int field, int target) => Point(Present(table, field), target);

        public void Point(int at, int target) => Int(at, target - at);

        /// <summary>A list of references as a field, to be filled by <see cref="Listed"/>.</summary>
        public int References(int table, int field, int count)
        {
            int vector = Reserve(4 + 4 * count);
            Int(vector, count);
            Refer(table, field, vector);
            return vector;
        }

        /// <summary>A table as an entry of a list.</summary>
        public int Listed(int vector, int index, int fields)
        {
            int table = Table(fields);
            Point(vector + 4 + 4 * index, table);
            return table;
        }

        public int Numbers(params int[] values)
        {
            int vector = Reserve(4 + 4 * values.Length);
            Int(vector, values.Length);
            for (int i = 0; i < values.Length; i++)
                Int(vector + 4 + 4 * i, values[i]);
            return vector;
        }

        public int TextVector(string text)
        {
            int vector = Reserve(4);
            Int(vector, text.Length);
            Text(text);
            return vector;
        }

        private int Present(int table, int field)
        {
            int vtable = table - BinaryPrimitives.ReadInt32LittleEndian(_bytes.GetRange(table, 4).ToArray());
            Short(vtable + 4 + 2 * field, 4 + 4 * field);
            return table + 4 + 4 * field;
        }

        private void Int(int at, int value)
        {
            for (int k = 0; k < 4; k++)
                _bytes[at + k] = (byte)(value >> (8 * k));
        }

        private void Short(int at, int value) => (_bytes[at], _bytes[at + 1]) = ((byte)value, (byte)(value >> 8));
    }
}
