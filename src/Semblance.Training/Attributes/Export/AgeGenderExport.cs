using System.Text.Json;
using Semblance.Attributes;
using Semblance.Conversion.Onnx;
using Semblance.Embedding;
using Semblance.Models;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Attributes.Training;

namespace Semblance.Training.Attributes.Export;

/// <summary>Calibrates age intervals and gender on the validation set and writes the model.</summary>
/// <param name="validation">The validation part.</param>
/// <param name="side">Side of the trunk's input.</param>
/// <param name="embedder">The embedder whose vectors the heads were fitted to.</param>
internal sealed class AgeGenderExport(IReadOnlyList<PersonSample> validation, int side, IFaceEmbedder embedder)
{
    /// <summary>Catalogue id.</summary>
    public const string Id = "age-gender";

    /// <summary>Where the landmarks lie in UTKFace's crops, as parts of the side (medians of found landmarks).</summary>
    private static readonly (double X, double Y)[] Template =
    [
        (0.298, 0.294),
        (0.694, 0.294),
        (0.494, 0.521),
        (0.318, 0.693),
        (0.673, 0.697),
    ];

    /// <summary>How crops become the network's inputs.</summary>
    public static ModelInput InputFor(IFaceEmbedder embedder) =>
        new()
        {
            Width = UtkFaceArchive.Side,
            Height = UtkFaceArchive.Side,
            Channels = "BGR",
            Mean = [127.5f, 127.5f, 127.5f],
            Scale = [0.0078125f, 0.0078125f, 0.0078125f],
            TemplatePoints = [.. Template.Select(point => (IReadOnlyList<float>)[Pixel(point.X), Pixel(point.Y)])],
            Embedding = new("embedding", embedder.Id, embedder.Contract),
        };

    /// <summary>Writes the model.</summary>
    /// <inheritdoc cref="EmotionExport.Write"/>
    public IReadOnlyDictionary<string, double> Write(string folder, OnnxModel trunk, HeadLayers layers, float[] plain, string recipe)
    {
        AgeGenderValidation figures = new(validation, plain);
        double age = figures.FitAgeTemperature(),
            gender = figures.FitGenderTemperature();
        ModelInput input = InputFor(embedder);
        AttributeGraph graph = new(
            trunk,
            side,
            UtkFaceArchive.Side,
            input.Embedding!.Name,
            embedder.Dimension,
            layers.Hidden ?? throw new TrainingException("age and gender need refitted heads")
        );
        graph.AddOutput(graph.AddClassifier(layers.Heads.Rows(0, AgeGenderTask.Years, 1 / age)), "age", AgeGenderTask.Years);
        LinearLayer male = layers.Heads.Rows(AgeGenderTask.Years, 1, 1 / gender);
        // One logit as two: that of the first label, female, is 0.
        LinearLayer both = new([.. new float[male.Inputs], .. male.Weights], [0, male.Biases[0]]);
        graph.AddOutput(graph.AddClassifier(both), "gender", 2);

        IReadOnlyDictionary<string, double> measured = figures.Measure(age, gender);
        ModelManifest manifest = new()
        {
            Id = Id,
            Kinds = [ModelKind.Age, ModelKind.Gender],
            Files = new Dictionary<string, ModelFile>(),
            License = "non-commercial research (UTKFace)",
            CommercialUse = false,
            Origin =
                $"trained by this project with 'semblance-train age': the convolutions of mobilefacenet-512 trained further, beside the "
                + $"embedding that {embedder.Id} gives",
            TrainingData = "UTKFace, training parts only",
            Input = input,
            Output = new()
            {
                Outputs = new Dictionary<string, ModelTensor>
                {
                    ["age"] = Tensor(AttributeRoles.AgeDistribution, AgeGenderTask.Years),
                    ["gender"] = Tensor(AttributeRoles.Gender, 2) with { Labels = UtkFaceArchive.Genders },
                },
            },
            Attributes = new()
            {
                MinimumFace = 32,
                ChildBelow = 10,
                ChildGenderCertainty = AgeGenderValidation.ChildGenderCertainty,
            },
            Measured = measured,
        };
        ExportedModel.Write(folder, graph.Build(), manifest, ModelCards.AgeGender(figures.Groups(age, gender), measured, recipe));
        return measured;
    }

    private static float Pixel(double part) => (float)Math.Round(part * UtkFaceArchive.Side - 0.5, 3);

    private static ModelTensor Tensor(string role, int width) =>
        new(role, [JsonSerializer.SerializeToElement("N"), JsonSerializer.SerializeToElement(width)]);
}
