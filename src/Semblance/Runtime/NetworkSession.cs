using Microsoft.ML.OnnxRuntime;
using Semblance.Models;

namespace Semblance.Runtime;

/// <summary>
/// One network in ONNX Runtime: loaded on first use, float tensors in, float tensors out. Thread-safe.
/// </summary>
/// <remarks>Dispose waits for the runs and loads that are under way; calls after it get an <see cref="ObjectDisposedException"/>.</remarks>
internal sealed class NetworkSession : IDisposable
{
    private static readonly string[] NoNames = [];

    private readonly string _model;
    private readonly string _path;
    private readonly ExecutionOptions _execution;
    private readonly Func<NetworkSignature, string[]> _bind;
    private readonly Lazy<InferenceSession> _session;
    private readonly Lease _lease;
    private RunOptions? _runOptions;
    private string[] _inputs = NoNames,
        _outputs = NoNames;

    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <param name="outputs">Names of the outputs wanted, in the order in which runs give them.</param>
    /// <param name="execution">Where and how to run.</param>
    /// <param name="second">Name of the second input; null for a network of one.</param>
    public NetworkSession(string model, string path, string[] outputs, ExecutionOptions execution, string? second = null)
        : this(model, path, signature => RequireTensors(model, path, signature, outputs, second), execution) { }

    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <param name="bind">
    /// Looks at the network once it is loaded: throws a <see cref="ModelException"/> when it is not what is needed, else names the outputs
    /// wanted, in the order in which runs give them.
    /// </param>
    /// <param name="execution">Where and how to run.</param>
    public NetworkSession(string model, string path, Func<NetworkSignature, string[]> bind, ExecutionOptions execution)
    {
        (_model, _path, _bind, _execution) = (model, path, bind, execution);
        _session = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);
        _lease = new(this);
    }

    /// <summary>Loads a file for a look at what it takes and gives.</summary>
    /// <exception cref="ModelException">The file is no network that can be loaded.</exception>
    public static NetworkSignature ReadSignature(string model, string path)
    {
        NetworkSignature? found = null;
        using NetworkSession session = new(
            model,
            path,
            signature =>
            {
                found = signature;
                return NoNames;
            },
            new() { Threads = 1, IsUntrusted = true }
        );
        TimeLimited.Run(model, _ => session.Warm(), CancellationToken.None);
        return found!;
    }

    /// <summary>Loads the network now instead of at the first run.</summary>
    /// <exception cref="ObjectDisposedException">The session was disposed of.</exception>
    public void Warm()
    {
        using Lease.Use use = _lease.Begin();
        _ = _session.Value;
    }

    /// <summary>Runs the network and gives the outputs to <paramref name="read"/>, whose spans live only during the call.</summary>
    /// <param name="input">Row-major; may be longer than the shape needs.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="read">Takes the results.</param>
    /// <exception cref="ModelException">The network cannot be loaded, or fails on this input.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed of.</exception>
    public TResult Run<TResult>(Memory<float> input, long[] shape, Func<NetworkOutputs, TResult> read)
    {
        using Lease.Use use = _lease.Begin();
        InferenceSession session = _session.Value;
        Memory<float> used = Used(input, shape);
        _execution.Tap?.Invoke(new(_path, used, shape));
        using OrtValue tensor = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, used, shape);
        using IDisposableReadOnlyCollection<OrtValue> results = RunSession(session, tensor);
        return read(new(results));
    }

    /// <summary>Runs a network of two inputs, given in the order in which its file has them.</summary>
    /// <inheritdoc cref="Run{TResult}(Memory{float}, long[], Func{NetworkOutputs, TResult})"/>
    public TResult Run<TResult>(
        (Memory<float> Values, long[] Shape) first,
        (Memory<float> Values, long[] Shape) second,
        Func<NetworkOutputs, TResult> read
    )
    {
        using Lease.Use use = _lease.Begin();
        InferenceSession session = _session.Value;
        Memory<float> a = Used(first.Values, first.Shape),
            b = Used(second.Values, second.Shape);
        _execution.Tap?.Invoke(new(_path, a, first.Shape) { Further = [new(b, second.Shape)] });
        using OrtValue tensor = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, a, first.Shape),
            other = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, b, second.Shape);
        using IDisposableReadOnlyCollection<OrtValue> results = RunSession(session, tensor, other);
        return read(new(results));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_lease.End())
            return;
        if (_session.IsValueCreated)
            _session.Value.Dispose();
        _runOptions?.Dispose();
    }

    private static Memory<float> Used(Memory<float> values, long[] shape) =>
        values[..checked((int)shape.Aggregate(1L, (product, side) => product * side))];

    private IDisposableReadOnlyCollection<OrtValue> RunSession(InferenceSession session, params OrtValue[] tensors)
    {
        try
        {
            using CancellationTokenRegistration stop = _execution.Stop.Register(() => _runOptions!.Terminate = true);
            IDisposableReadOnlyCollection<OrtValue> results = session.Run(_runOptions!, _inputs, tensors, _outputs);
            if (_execution.IsUntrusted)
                RequireNumbers(results);
            return results;
        }
        catch (OnnxRuntimeException) when (_execution.Stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(_execution.Stop);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException(
                _model,
                $"{Path.GetFileName(_path)} failed on an input of shape {string.Join(" and ", tensors.Select(ShapeOf))}: "
                    + $"{e.Message.Trim()}",
                e
            );
        }
    }

    private static string ShapeOf(OrtValue tensor) => $"[{string.Join(", ", tensor.GetTensorTypeAndShape().Shape)}]";

    /// <summary>What is not finite compares with nothing: every answer made of it would be wrong.</summary>
    private void RequireNumbers(IDisposableReadOnlyCollection<OrtValue> results)
    {
        for (int i = 0; i < results.Count; i++)
        {
            if (results[i].GetTensorTypeAndShape().ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float)
                continue;
            foreach (float value in results[i].GetTensorDataAsSpan<float>())
            {
                if (float.IsFinite(value))
                    continue;
                results.Dispose();
                throw new ModelException(
                    _model,
                    $"{Path.GetFileName(_path)} gives numbers that are not finite ({_outputs[i]}); its weights are damaged"
                );
            }
        }
    }

    private InferenceSession Load()
    {
        NativeHeap.GiveBackLargeBlocks();
        try
        {
            using SessionOptions options = SessionSettings.Create(_execution);
            InferenceSession session = new(_path, options);
            try
            {
                _runOptions ??= new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
                NetworkSignature signature = NetworkSignature.Of(session);
                _outputs = _bind(signature);
                _inputs = [.. signature.Inputs.Select(input => input.Name)];
                return session;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (Exception e) when (NativeLibraryException.IsCause(e))
        {
            throw NativeLibraryException.OnnxRuntime(e);
        }
        catch (OnnxRuntimeException e)
        {
            // What PyTorch's exporter writes by default since 2.9: the graph alone, its weights in NAME.onnx.data.
            string hint = e.Message.Contains("External data", StringComparison.Ordinal)
                ? "; its weights lie in another file, and a model is one: save it with them, in PyTorch by torch.onnx.export(…, "
                    + "external_data=False)"
                : "";
            throw new ModelException(_model, $"{Path.GetFileName(_path)} cannot be loaded: {e.Message.Trim()}{hint}", e);
        }
    }

    private static string[] RequireTensors(string model, string path, NetworkSignature signature, string[] outputs, string? second)
    {
        if (second is null && signature.Inputs.Count != 1)
            throw new ModelException(model, $"{Path.GetFileName(path)} must have one input, not {signature.Inputs.Count}");
        if (second is not null && (signature.Inputs.Count != 2 || signature.Inputs[1].Name != second))
            throw new ModelException(
                model,
                $"{Path.GetFileName(path)} must have two inputs, the second '{second}' as its manifest says, not "
                    + string.Join(", ", signature.Inputs)
            );
        string? missing = outputs.FirstOrDefault(name => signature.Outputs.All(output => output.Name != name));
        return missing is null
            ? outputs
            : throw new ModelException(model, $"{Path.GetFileName(path)} has no output '{missing}', which its manifest promises");
    }
}

/// <summary>Outputs of one run, in the order that was asked for.</summary>
internal readonly struct NetworkOutputs(IReadOnlyList<OrtValue> values)
{
    /// <summary>How many outputs there are.</summary>
    public int Count => values.Count;

    /// <summary>The values of an output, row-major.</summary>
    public ReadOnlySpan<float> this[int index] => values[index].GetTensorDataAsSpan<float>();

    /// <summary>The shape of an output.</summary>
    public long[] Shape(int index) => values[index].GetTensorTypeAndShape().Shape;
}
