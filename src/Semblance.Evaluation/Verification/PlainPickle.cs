using System.Buffers.Binary;
using System.Text;

namespace Semblance.Evaluation.Verification;

/// <summary>
/// Reads pickles of plain values: lists, tuples, bytes, text, truths, whole numbers. Anything that would create an object of Python is
/// refused, so a hostile file can do nothing; the one call that is understood is how Python 3 writes bytes for Python 2 (protocol 2):
/// <c>_codecs.encode(text, "latin1")</c>.
/// </summary>
internal sealed class PlainPickle
{
    private static readonly object Mark = new(),
        Encode = new();

    private readonly string _path;
    private readonly byte[] _data;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];
    private int _at;

    private PlainPickle(string path, byte[] data) => (_path, _data) = (path, data);

    /// <summary>The value of a pickle: <see cref="List{T}"/>, <see cref="byte"/>[], <see cref="string"/>, <see cref="bool"/>,
    /// <see cref="long"/> or null.</summary>
    /// <exception cref="EvaluationException">Cut off, or more than plain values.</exception>
    public static object? Read(string path, byte[] data) => new PlainPickle(path, data).Run();

    private object? Run()
    {
        while (true)
        {
            byte code = Take(1)[0];
            switch (code)
            {
                case (byte)'.':
                    return Pop();
                case 0x80:
                    Take(1);
                    break; // PROTO
                case 0x95:
                    Take(8);
                    break; // FRAME
                case (byte)'(':
                    _stack.Add(Mark);
                    break;
                case (byte)']' or (byte)')':
                    _stack.Add(new List<object?>());
                    break;
                case (byte)'N':
                    _stack.Add(null);
                    break;
                case 0x88:
                    _stack.Add(true);
                    break;
                case 0x89:
                    _stack.Add(false);
                    break;
                case (byte)'K':
                    _stack.Add((long)Take(1)[0]);
                    break; // BININT1
                case (byte)'M':
                    _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                    break;
                case (byte)'J':
                    _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                    break;
                case (byte)'C' or (byte)'U':
                    _stack.Add(Take(Take(1)[0]).ToArray());
                    break;
                case (byte)'B' or (byte)'T':
                    _stack.Add(Take(Length(4)).ToArray());
                    break;
                case 0x8e:
                    _stack.Add(Take(Length(8)).ToArray());
                    break; // BINBYTES8
                case 0x8c:
                    _stack.Add(Encoding.UTF8.GetString(Take(Take(1)[0])));
                    break;
                case (byte)'X':
                    _stack.Add(Encoding.UTF8.GetString(Take(Length(4))));
                    break;
                case (byte)'q':
                    _memo[Take(1)[0]] = Top();
                    break;
                case (byte)'r':
                    _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top();
                    break;
                case 0x94:
                    _memo[_memo.Count] = Top();
                    break; // MEMOIZE
                case (byte)'h':
                    _stack.Add(Remembered(Take(1)[0]));
                    break;
                case (byte)'j':
                    _stack.Add(Remembered(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                    break;
                case (byte)'a':
                    object? item = Pop();
                    List().Add(item);
                    break;
                case (byte)'e':
                    List<object?> items = UpToMark();
                    List().AddRange(items);
                    break;
                case (byte)'t':
                    _stack.Add(UpToMark());
                    break;
                case (byte)'c':
                    _stack.Add(Global());
                    break;
                case (byte)'R':
                    _stack.Add(Encoded());
                    break;
                case 0x85:
                    Tuple(1);
                    break;
                case 0x86:
                    Tuple(2);
                    break;
                case 0x87:
                    Tuple(3);
                    break;
                default:
                    throw Damaged($"instruction 0x{code:x2} stands for more than plain values");
            }
        }
    }

    private int Length(int bytes)
    {
        ReadOnlySpan<byte> field = Take(bytes);
        ulong length = bytes == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(field) : BinaryPrimitives.ReadUInt64LittleEndian(field);
        return length <= (ulong)(_data.Length - _at) ? (int)length : throw Damaged("it is cut off");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _data.Length - _at)
            throw Damaged("it is cut off");
        _at += count;
        return _data.AsSpan(_at - count, count);
    }

    private object Global()
    {
        string name = $"{Line()}.{Line()}";
        return name == "_codecs.encode" ? Encode : throw Damaged($"it asks for {name}, and only plain values are read");
    }

    private byte[] Encoded()
    {
        object? arguments = Pop(),
            function = Pop();
        if (
            function != Encode
            || arguments is not List<object?> { Count: 2 } list
            || list[0] is not string text
            || list[1] is not "latin1"
            || text.Any(c => c > 0xff)
        )
            throw Damaged("a call stands for more than plain values");
        return Encoding.Latin1.GetBytes(text);
    }

    private string Line()
    {
        int length = _data.AsSpan(_at).IndexOf((byte)'\n');
        if (length < 0)
            throw Damaged("it is cut off");
        string line = Encoding.UTF8.GetString(Take(length));
        Take(1);
        return line;
    }

    private object? Top() => _stack.Count > 0 ? _stack[^1] : throw Damaged("its stack is empty");

    private object? Pop()
    {
        object? top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private List<object?> List() => Top() as List<object?> ?? throw Damaged("a list was expected");

    private List<object?> UpToMark()
    {
        int mark = _stack.LastIndexOf(Mark);
        if (mark < 0)
            throw Damaged("a mark is missing");
        List<object?> items = _stack[(mark + 1)..];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private void Tuple(int count)
    {
        if (_stack.Count < count)
            throw Damaged("its stack is too short");
        List<object?> items = _stack[^count..];
        _stack.RemoveRange(_stack.Count - count, count);
        _stack.Add(items);
    }

    private object? Remembered(long key) =>
        _memo.TryGetValue(key, out object? value) ? value : throw Damaged($"nothing was remembered as {key}");

    private EvaluationException Damaged(string why) => new($"{_path} is no verification set: {why} (byte {_at})");
}
