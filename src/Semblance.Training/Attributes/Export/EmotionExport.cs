using System.Text.Json;
using Semblance.Attributes;
using Semblance.Conversion.Onnx;
using Semblance.Models;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Attributes.Training;

namespace Semblance.Training.Attributes.Export;

/// <summary>Calibrates the expression heads on the validation set and writes the model.</summary>
/// <param name="fer">FER-2013's validation part.</param>
/// <param name="raf">RAF-DB's validation part.</param>
/// <param name="side">Side of the crop.</param>
/// <param name="mirror">Whether the model answers from the crop and its mirror image.</param>
internal sealed class EmotionExport(IReadOnlyList<EmotionSample> fer, IReadOnlyList<EmotionSample> raf, int side, bool mirror)
{
    /// <summary>Catalogue id.</summary>
    public const string Id = "emotion";

    /// <summary>Where the landmarks lie, as parts of the side: between the framings of FER-2013 and RAF-DB (medians of found
    /// landmarks).</summary>
    private static readonly (double X, double Y)[] Template =
    [
        (0.290, 0.360),
        (0.710, 0.358),
        (0.497, 0.576),
        (0.321, 0.772),
        (0.677, 0.768),
    ];

    /// <summary>FER-2013's pictures are grey and of 48 pixels; all others are answered as RAF-DB's photographs are labelled, grey ones
    /// among them.</summary>
    private static readonly ExpressionChoice Choice = new()
    {
        GreyBelow = 6,
        SmallBelow = 64,
        SmallGrey = new Dictionary<string, double> { ["fer2013"] = 1 },
        Other = new Dictionary<string, double> { ["rafdb"] = 1 },
    };

    /// <summary>The answer of programs that know no kinds of pictures: mostly RAF-DB, whose pictures are nearest to photographs.</summary>
    private static readonly double[] Mixture = [0.05, 0.35, 0.6];

    private static readonly int Classes = EmotionNames.All.Count;

    /// <summary>Writes the model.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="trunk">The trained trunk.</param>
    /// <param name="layers">Its heads.</param>
    /// <param name="plain">Outputs for the validation crops.</param>
    /// <param name="mirrored">Outputs for their mirror images, or once more for the crops where those play no part.</param>
    /// <param name="recipe">How it was trained.</param>
    /// <returns>The figures of the manifest.</returns>
    public IReadOnlyDictionary<string, double> Write(
        string folder,
        OnnxModel trunk,
        HeadLayers layers,
        float[] plain,
        float[] mirrored,
        string recipe
    )
    {
        EmotionValidation validation = new(fer, raf, plain, mirrored);
        double[] temperatures = [.. EmotionTask.Heads.Select((_, head) => validation.FitTemperature(head))];
        AttributeGraph graph = new(trunk, layers.Hidden);
        string[] heads =
        [
            .. EmotionTask.Heads.Select(
                (_, head) => graph.AddClassifier(layers.Heads.Rows(head * Classes, Classes, 1 / temperatures[head]))
            ),
        ];
        graph.AddOutput(graph.AddMixture([.. heads.Select((head, i) => (head, Mixture[i]))]), "emotion", Classes);
        for (int head = 0; head < heads.Length; head++)
            graph.AddOutput(heads[head], EmotionTask.Heads[head], Classes);

        Dictionary<string, double> measured = validation.Measure(temperatures, Choice);
        ModelManifest manifest = new()
        {
            Id = Id,
            Kinds = [ModelKind.Emotion],
            Files = new Dictionary<string, ModelFile>(),
            License = "non-commercial research (FER-2013, RAF-DB)",
            CommercialUse = false,
            Origin = "trained by this project with 'semblance-train emotion', starting from the convolutions of mobilefacenet-512",
            TrainingData = "FER-2013 with the votes of FER+, and RAF-DB's basic emotions; training parts only",
            Input = new()
            {
                Width = side,
                Height = side,
                Channels = "BGR",
                Mean = [127.5f, 127.5f, 127.5f],
                Scale = [0.0078125f, 0.0078125f, 0.0078125f],
                TemplatePoints = [.. Template.Select(point => (IReadOnlyList<float>)[Pixel(point.X), Pixel(point.Y)])],
            },
            Output = new()
            {
                Labels = EmotionNames.All,
                Outputs = new[] { (Name: "emotion", Role: AttributeRoles.Emotion) }
                    .Concat(EmotionTask.Heads.Select(head => (Name: head, Role: $"{AttributeRoles.Emotion}:{head}")))
                    .ToDictionary(
                        output => output.Name,
                        output => new ModelTensor(
                            output.Role,
                            [JsonSerializer.SerializeToElement("N"), JsonSerializer.SerializeToElement(Classes)]
                        )
                    ),
            },
            Attributes = new()
            {
                MinimumFace = 24,
                Mirror = mirror,
                Expression = Choice,
            },
            Measured = measured,
        };
        ExportedModel.Write(folder, graph.Build(), manifest, ModelCards.Emotion(measured, recipe));
        return measured;

        float Pixel(double part) => (float)Math.Round(part * side - 0.5, 3);
    }
}
