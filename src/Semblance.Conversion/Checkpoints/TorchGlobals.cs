using System.Text;

namespace Semblance.Conversion.Checkpoints;

/// <summary>
/// The only names that a checkpoint may contain, and what their calls give: tensors and plain containers. Nothing is ever imported or
/// run; a name that is not listed here is an error.
/// </summary>
internal static class TorchGlobals
{
    private static readonly HashSet<string> Dictionaries =
    [
        "collections.OrderedDict",
        "collections.defaultdict",
        "collections.Counter",
        "builtins.dict",
        "__builtin__.dict",
        "pytorch_lightning.utilities.parsing.AttributeDict",
        "lightning.pytorch.utilities.parsing.AttributeDict",
        "lightning_fabric.utilities.data.AttributeDict",
    ];

    private static readonly HashSet<string> Lists =
    [
        "builtins.list",
        "builtins.set",
        "builtins.frozenset",
        "__builtin__.list",
        "__builtin__.set",
        "__builtin__.frozenset",
        "builtins.tuple",
        "__builtin__.tuple",
        "torch.Size",
    ];

    /// <summary>Classes that stand for themselves, as keys of Lightning's callbacks or as the type of a tensor, and are never
    /// called.</summary>
    private static readonly HashSet<string> Names =
    [
        "torch.Tensor",
        "torch.nn.parameter.Parameter",
        "builtins.int",
        "builtins.float",
        "pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint",
        "pytorch_lightning.callbacks.early_stopping.EarlyStopping",
        "pytorch_lightning.callbacks.lr_monitor.LearningRateMonitor",
    ];

    private static readonly HashSet<string> Calls =
    [
        "torch._utils._rebuild_tensor",
        "torch._utils._rebuild_tensor_v2",
        "torch._utils._rebuild_tensor_v3",
        "torch._utils._rebuild_parameter",
        "torch._utils._rebuild_parameter_with_state",
        "torch._tensor._rebuild_from_type_v2",
        "torch.device",
        "_codecs.encode",
    ];

    /// <summary>Accepts a name.</summary>
    /// <exception cref="ConversionException">It is not listed; the message names it.</exception>
    public static PickleGlobal Find(string module, string name)
    {
        PickleGlobal global = new(module, name);
        string full = global.ToString();
        bool known =
            Dictionaries.Contains(full)
            || Lists.Contains(full)
            || Names.Contains(full)
            || Calls.Contains(full)
            || StorageType(global) is not null
            || DType(global) is not null;
        return known
            ? global
            : throw new ConversionException(
                $"the checkpoint refers to '{Printable(full)}', which is neither a tensor nor a plain container; it was not run. "
                    + "Save the state_dict alone: torch.save(model.state_dict(), path)"
            );
    }

    /// <summary>What the call of a name gives.</summary>
    /// <param name="global">The name.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <param name="budget">Pays for what the call copies.</param>
    /// <exception cref="ConversionException">The name cannot be called, or not with these arguments, or copies too much.</exception>
    public static object? Call(PickleGlobal global, object?[] arguments, PickleBudget budget)
    {
        string full = global.ToString();
        if (Dictionaries.Contains(full))
            return Dictionary(arguments, budget);
        if (Lists.Contains(full))
            return Sequence(full, arguments, budget);
        switch (full, arguments)
        {
            case (
                "torch._utils._rebuild_tensor"
                    or "torch._utils._rebuild_tensor_v2",
                [TensorStorage storage, long offset, PickleTuple shape, PickleTuple strides, ..]
            ):
                return TorchTensor.Create(storage, storage.Type, offset, Numbers(shape), Numbers(strides));
            case (
                "torch._utils._rebuild_tensor_v3",
                [TensorStorage storage, long offset, PickleTuple shape, PickleTuple strides, _, _, PickleGlobal type, ..]
            ) when DType(type) is { } element:
                return TorchTensor.Create(storage, element, offset, Numbers(shape), Numbers(strides));
            case ("torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state", [TorchTensor tensor, ..]):
                return tensor;
            case ("torch._tensor._rebuild_from_type_v2", [PickleGlobal inner, PickleGlobal type, PickleTuple rest, ..])
                when full != inner.ToString() && Names.Contains(type.ToString()):
                return Call(inner, rest.Items, budget);
            case ("torch.device", [string device, ..]):
                return device;
            case ("_codecs.encode", [string text, ..]):
                budget.SpendText((ulong)text.Length);
                return Encoding.Latin1.GetBytes(text);
            default:
                throw new ConversionException(
                    $"the checkpoint is damaged: '{Printable(full)}' is called with arguments that PyTorch does not give it"
                );
        }
    }

    /// <summary>The storage that a persistent id names: ('storage', type, key, device, count[, view]).</summary>
    /// <exception cref="ConversionException">The id is of another form.</exception>
    public static StorageReference Storage(object? id)
    {
        if (
            id is not PickleTuple { Items: ["storage", PickleGlobal type, string key, _, long count, .. var rest] }
            || StorageType(type) is not { } element
            || count < 0
        )
            throw new ConversionException("the checkpoint is damaged: a storage is described in a form that PyTorch does not write");
        if (rest is [PickleTuple])
            throw new ConversionException(
                "the checkpoint shares storages in a form that PyTorch dropped in 2017; save it again with a newer PyTorch"
            );
        return new(key, element, count);
    }

    private static PickleDict Dictionary(object?[] arguments, PickleBudget budget)
    {
        PickleDict dict = new();
        switch (arguments)
        {
            case [] or [PickleGlobal or null]:
                break;
            case [PickleDict other]:
                budget.SpendCopies(other.Entries.Count);
                dict.Entries.AddRange(other.Entries);
                break;
            case [PickleList pairs]:
                budget.SpendCopies(pairs.Items.Count);
                foreach (object? pair in pairs.Items)
                {
                    IReadOnlyList<object?>? items = pair is PickleTuple tuple ? tuple.Items : (pair as PickleList)?.Items;
                    if (items is not [var key, var value])
                        throw new ConversionException("the checkpoint is damaged: a dictionary is made of something other than pairs");
                    dict.Entries.Add(new(key, value));
                }
                break;
            default:
                throw new ConversionException("the checkpoint is damaged: a dictionary is made of something unknown");
        }
        return dict;
    }

    private static object Sequence(string name, object?[] arguments, PickleBudget budget)
    {
        IReadOnlyList<object?> items = arguments switch
        {
            [] => [],
            [PickleTuple tuple] => tuple.Items,
            [PickleList list] => list.Items,
            _ => throw new ConversionException($"the checkpoint is damaged: {name} is made of something unknown"),
        };
        budget.SpendCopies(items.Count);
        if (name is "torch.Size" || name.EndsWith(".tuple", StringComparison.Ordinal))
            return new PickleTuple([.. items]);
        PickleList made = new();
        made.Items.AddRange(items);
        return made;
    }

    private static long[] Numbers(PickleTuple tuple) =>
        [
            .. tuple.Items.Select(item =>
                item as long? ?? throw new ConversionException("the checkpoint is damaged: a tensor's size is no whole number of 64 bits")
            ),
        ];

    private static ElementType? StorageType(PickleGlobal global) =>
        global.Module is "torch" or "torch.cuda" or "torch.storage" ? ElementTypes.OfStorage(global.Name) : null;

    private static ElementType? DType(PickleGlobal global) => global.Module == "torch" ? ElementTypes.OfDType(global.Name) : null;

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}

/// <summary>A storage as a pickle names it.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">How its numbers are written.</param>
/// <param name="Count">How many there are said to be.</param>
internal sealed record StorageReference(string Key, ElementType Type, long Count);
