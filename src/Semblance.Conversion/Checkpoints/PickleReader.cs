using System.Numerics;

namespace Semblance.Conversion.Checkpoints;

/// <summary>
/// Reads Python's pickle format as a description of data. It knows no operation that could run anything: a global is a name, and only names
/// that <see cref="TorchGlobals"/> lists are accepted. Containers are built without recursion and within <see cref="PickleLimits"/>.
/// </summary>
/// <param name="input">Where the pickle begins.</param>
/// <param name="storages">Gives the storage that a persistent id names.</param>
internal sealed class PickleReader(PickleInput input, Func<StorageReference, TensorStorage> storages)
{
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];
    private readonly PickleBudget _budget = new();

    /// <summary>Reads one pickle; the input then stands behind it.</summary>
    /// <exception cref="ConversionException">Not a pickle, damaged, beyond the limits, or with a global that is not allowed.</exception>
    public object? Read()
    {
        for (int operations = 0; operations < PickleLimits.Operations; operations++)
        {
            byte code = input.Byte();
            if (code == (byte)PickleCode.Stop)
                return Pop();
            Execute((PickleCode)code);
            if (_stack.Count > PickleLimits.StackDepth)
                throw new ConversionException($"the pickle stacks more than {PickleLimits.StackDepth} values");
        }
        throw new ConversionException($"the pickle has more than {PickleLimits.Operations} operations");
    }

    private void Execute(PickleCode code)
    {
        switch (code)
        {
            case PickleCode.Protocol:
                Protocol(input.Byte());
                break;
            case PickleCode.Frame:
                input.UInt64();
                break;
            case PickleCode.Mark:
                Mark();
                break;
            case PickleCode.Pop:
                Pop();
                break;
            case PickleCode.PopMark:
                PopToMark();
                break;
            case PickleCode.Duplicate:
                Push(Peek());
                break;

            case PickleCode.None:
                Push(null);
                break;
            case PickleCode.True:
                Push(true);
                break;
            case PickleCode.False:
                Push(false);
                break;
            case PickleCode.Byte:
                Push((long)input.Byte());
                break;
            case PickleCode.UInt16:
                Push((long)input.UInt16());
                break;
            case PickleCode.Int32:
                Push((long)input.Int32());
                break;
            case PickleCode.ShortNumber:
                PushNumber(input.Byte());
                break;
            case PickleCode.LongNumber:
                PushNumber(input.UInt32());
                break;
            case PickleCode.Double:
                Push(input.Double());
                break;

            case PickleCode.Text:
                Push(Text(input.UInt32()));
                break;
            case PickleCode.ShortText:
                Push(Text(input.Byte()));
                break;
            case PickleCode.LongText:
                Push(Text(input.UInt64()));
                break;
            // Python 2 kept text in byte strings.
            case PickleCode.ByteText:
                Push(Text(input.UInt32()));
                break;
            case PickleCode.ShortByteText:
                Push(Text(input.Byte()));
                break;
            case PickleCode.Bytes:
                Push(Bytes(input.UInt32()));
                break;
            case PickleCode.ShortBytes:
                Push(Bytes(input.Byte()));
                break;
            case PickleCode.LongBytes or PickleCode.ByteArray:
                Push(Bytes(input.UInt64()));
                break;

            case PickleCode.EmptyTuple:
                Push(new PickleTuple([]));
                break;
            case PickleCode.Tuple:
                Push(new PickleTuple(PopToMark()));
                break;
            case PickleCode.Tuple1:
                Push(new PickleTuple([Pop()]));
                break;
            case PickleCode.Tuple2:
                Push(Tuple(2));
                break;
            case PickleCode.Tuple3:
                Push(Tuple(3));
                break;
            case PickleCode.EmptyList or PickleCode.EmptySet:
                Push(new PickleList());
                break;
            case PickleCode.List or PickleCode.FrozenSet:
                Push(List(PopToMark()));
                break;
            case PickleCode.Append:
                Append([Pop()]);
                break;
            case PickleCode.Appends or PickleCode.AddItems:
                Append(PopToMark());
                break;
            case PickleCode.EmptyDict:
                Push(new PickleDict());
                break;
            case PickleCode.Dict:
                Push(SetItems(new PickleDict(), PopToMark()));
                break;
            case PickleCode.SetItem:
                SetItem();
                break;
            case PickleCode.SetItems:
                SetItems(PopToMark());
                break;

            case PickleCode.Put:
                Memorize(input.Byte());
                break;
            case PickleCode.LongPut:
                Memorize(input.UInt32());
                break;
            case PickleCode.Memoize:
                Memorize(_memo.Count);
                break;
            case PickleCode.Get:
                Push(Recall(input.Byte()));
                break;
            case PickleCode.LongGet:
                Push(Recall(input.UInt32()));
                break;

            case PickleCode.Global:
                Push(TorchGlobals.Find(input.Line(PickleLimits.NameLength), input.Line(PickleLimits.NameLength)));
                break;
            case PickleCode.StackGlobal:
                StackGlobal();
                break;
            case PickleCode.Reduce or PickleCode.NewObject:
                Call();
                break;
            case PickleCode.Build:
                Build();
                break;
            case PickleCode.PersistentId:
                Push(storages(TorchGlobals.Storage(Pop())));
                break;

            default:
                throw new ConversionException(
                    $"not a file of PyTorch: the pickle has the operation 0x{(int)code:x2}, which PyTorch does not write"
                );
        }
    }

    private static void Protocol(byte version)
    {
        if (version > 5)
            throw new ConversionException($"the pickle is of protocol {version}; 2 to 5 can be read");
    }

    private void Mark()
    {
        if (_marks.Count == PickleLimits.Nesting)
            throw new ConversionException($"the pickle nests containers more than {PickleLimits.Nesting} deep");
        _marks.Add(_stack.Count);
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Peek() =>
        _stack.Count > (_marks.Count > 0 ? _marks[^1] : 0) ? _stack[^1] : throw Damaged("an operation finds no value");

    private object? Pop()
    {
        object? value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw Damaged("a mark is missing");
        int mark = _marks[^1];
        object?[] values = [.. _stack[mark..]];
        _stack.RemoveRange(mark, values.Length);
        _marks.RemoveAt(_marks.Count - 1);
        return values;
    }

    private PickleTuple Tuple(int count)
    {
        object?[] items = new object?[count];
        while (count > 0)
            items[--count] = Pop();
        return new(items);
    }

    private static PickleList List(object?[] items)
    {
        PickleList list = new();
        list.Items.AddRange(items);
        return list;
    }

    private void Append(object?[] items)
    {
        if (Peek() is not PickleList list)
            throw Damaged("items are added to something that is no list");
        list.Items.AddRange(items);
    }

    private void SetItem()
    {
        object? value = Pop(),
            key = Pop();
        SetItems([key, value]);
    }

    private void SetItems(object?[] items) =>
        SetItems(Peek() as PickleDict ?? throw Damaged("items are set in something that is no dictionary"), items);

    private static PickleDict SetItems(PickleDict dict, object?[] items)
    {
        if (items.Length % 2 != 0)
            throw Damaged("a key has no value");
        for (int i = 0; i < items.Length; i += 2)
            dict.Entries.Add(new(items[i], items[i + 1]));
        return dict;
    }

    private void Memorize(long index) => _memo[index] = Peek();

    private object? Recall(long index) =>
        _memo.TryGetValue(index, out object? value)
            ? value
            : throw Damaged($"it refers to the value {index} of its memo, which is not there");

    private void StackGlobal()
    {
        object? name = Pop(),
            module = Pop();
        if (name is not string n || module is not string m || Math.Max(n.Length, m.Length) > PickleLimits.NameLength)
            throw Damaged("the name of a global is no text");
        Push(TorchGlobals.Find(m, n));
    }

    private void Call()
    {
        object? arguments = Pop(),
            target = Pop();
        if (target is not PickleGlobal global || arguments is not PickleTuple tuple)
            throw Damaged("something is called that is no global");
        Push(TorchGlobals.Call(global, tuple.Items, _budget));
    }

    /// <summary>Sets an object's attributes. Dictionaries carry notes of PyTorch's own, tensors none that matter: both are left as they
    /// are.</summary>
    private void Build()
    {
        Pop();
        if (Peek() is not (PickleDict or TorchTensor))
            throw Damaged("attributes are set on something that has none");
    }

    private void PushNumber(uint length)
    {
        if (length > PickleLimits.NumberBytes)
            throw new ConversionException($"the pickle has a whole number of {length} bytes; {PickleLimits.NumberBytes} are allowed");
        BigInteger value = new(input.Block(length));
        if (value < long.MinValue || value > long.MaxValue)
            Push(value);
        else
            Push((long)value);
    }

    private string Text(ulong length)
    {
        _budget.SpendText(length);
        return input.Text(length);
    }

    private byte[] Bytes(ulong length)
    {
        _budget.SpendText(length);
        return input.Block(length);
    }

    private static ConversionException Damaged(string how) => new($"the pickle is damaged: {how}");
}
