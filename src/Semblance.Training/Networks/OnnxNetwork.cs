using Semblance.Conversion.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Networks;

/// <summary>
/// A trainable network read from an ONNX graph of convolutions, PReLU, Relu, additions and matrix products: every constant of floats is a
/// parameter. Its state_dict keys are the constants' names, with dots written as underscores. Batch norms folded into convolutions stay
/// folded, so a batch's statistics play no part in training.
/// </summary>
internal sealed class OnnxNetwork : nn.Module<Tensor, Tensor>
{
    private readonly OnnxModel _model;
    private readonly Dictionary<string, Parameter> _constants = [];
    private string? _start;

    /// <summary>Reads the graph; training starts from its constants.</summary>
    /// <param name="model">One input [N, C, H, W] and one output [N, d].</param>
    /// <exception cref="TrainingException">It has an operator that cannot be trained here.</exception>
    public OnnxNetwork(OnnxModel model)
        : base(nameof(OnnxNetwork))
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        if (model.Graph is not { Inputs: [_], Outputs: [_] })
            throw new TrainingException("a network with one input and one output was expected");
        OnnxNode? unknown = model.Graph.Nodes.Find(node => !OnnxOperators.Known.Contains(node.Operator));
        if (unknown is not null)
            throw new TrainingException(
                $"operator {unknown.Operator} of the ONNX file cannot be trained; known are {string.Join(", ", OnnxOperators.Known)}"
            );
        foreach (OnnxTensor constant in model.Graph.Initializers.Where(tensor => tensor.Element == OnnxElement.Float))
        {
            // Copied to memory of libtorch's own, whose alignment is always the same: it changes the last bits of matrix products.
            Parameter parameter = new(tensor(constant.ToFloats(), [.. constant.Shape]).clone());
            _constants[constant.Name] = parameter;
            register_parameter(KeyOf(constant.Name), parameter);
        }
    }

    /// <summary>Convolutions in the order of the graph, each with the keys of its constants: what freezing early layers goes by.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Layers =>
        [
            .. _model
                .Graph.Nodes.Where(OnnxCut.IsLayer)
                .Select(node => node.Inputs.Skip(1).Where(_constants.ContainsKey).Select(KeyOf).ToArray()),
        ];

    /// <summary>From now on the network is computed from behind its first layers, which somebody else computes; they stay as they
    /// are.</summary>
    /// <param name="layers">Layers that are taken away at most; a cut is only possible where everything passes through one tensor.</param>
    /// <returns>The part before: what it gives is the input from now on.</returns>
    /// <exception cref="TrainingException">There is no such place.</exception>
    public OnnxModel CutBefore(int layers)
    {
        OnnxCut cut = OnnxCut.Find(ToOnnx(), layers)
            ?? throw new TrainingException($"the network cannot be cut behind its first {layers} layers");
        _start = cut.Tensor;
        HashSet<string> before = [.. cut.Before.Graph.Initializers.Select(constant => KeyOf(constant.Name))];
        foreach ((string name, Parameter parameter) in named_parameters())
            if (before.Contains(name))
                parameter.requires_grad = false;
        return cut.Before;
    }

    /// <summary>Computes the network, or what is left of it behind a cut.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, d].</returns>
    public override Tensor forward(Tensor input)
    {
        Dictionary<string, Tensor> values = new() { [_start ?? _model.Graph.Inputs[0].Name] = input };
        int first = _start is null ? 0 : _model.Graph.Nodes.FindIndex(node => node.Outputs[0] == _start) + 1;
        foreach (OnnxNode node in _model.Graph.Nodes.Skip(first))
            values[node.Outputs[0]] = OnnxOperators.Compute(node, name =>
                values.TryGetValue(name, out Tensor? value) ? value : _constants.GetValueOrDefault(name)
            );
        return values[_model.Graph.Outputs[0].Name];
    }

    /// <summary>The graph with the trained constants.</summary>
    public OnnxModel ToOnnx()
    {
        OnnxGraph graph = _model.Graph;
        OnnxTensor[] constants =
        [
            .. graph.Initializers.Select(constant =>
                _constants.TryGetValue(constant.Name, out Parameter? trained)
                    ? OnnxTensor.Floats(constant.Name, trained.detach().cpu().data<float>().ToArray(), constant.Shape)
                    : constant
            ),
        ];
        return _model with
        {
            Graph = new()
            {
                Name = graph.Name,
                Nodes = [.. graph.Nodes],
                Initializers = [.. constants],
                Inputs = [.. graph.Inputs],
                Outputs = [.. graph.Outputs],
            },
        };
    }

    private static string KeyOf(string constant) => constant.Replace('.', '_');
}
