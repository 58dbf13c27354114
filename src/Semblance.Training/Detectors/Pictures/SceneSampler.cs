using System.Numerics;
using Semblance.Geometry;
using Semblance.Training.Detectors.Losses;
using Semblance.Training.Trainer;
using SkiaSharp;

namespace Semblance.Training.Detectors.Pictures;

/// <summary>An input with what is known of it.</summary>
/// <param name="Values">[side, side, 3].</param>
/// <param name="Targets">What the priors have to say; null where nobody labelled the picture, and only a teacher knows.</param>
internal sealed record DetectorSample(float[] Values, PriorTargets? Targets);

/// <summary>Pictures that scenes are made of.</summary>
/// <param name="Labelled">Their faces.</param>
/// <param name="Pictures">Their pixels: first the labelled ones, then those of single faces.</param>
/// <param name="Singles">Number of pictures of single faces.</param>
internal sealed record ScenePictures(IReadOnlyList<IReadOnlyList<LabelledFace>> Labelled, PixelFile Pictures, int Singles);

/// <summary>
/// Makes the inputs of a detector at random. Half of the scenes are made for one face, which gets a size that is drawn evenly over the
/// octaves; others are square crops of 0.3 to 1 of the shorter side, as published; with pictures of single faces some are put together of
/// these, as tiles of many sizes. A sample depends on the seed and its number alone.
/// </summary>
/// <param name="pictures">What they are made of.</param>
/// <param name="options">How.</param>
/// <param name="seed">Seed of the run.</param>
internal sealed class SceneSampler(ScenePictures pictures, SceneOptions options, int seed)
{
    private readonly Prior[] _priors = PriorGrid.Of(options.Side, options.Side);

    /// <summary>Makes a sample; called on several threads.</summary>
    /// <param name="index">Its number.</param>
    public DetectorSample Make(long index)
    {
        Random random = StepRandom.For(seed, index, RandomStream.Augmentation);
        using Scene scene = new(options.Side);
        bool labelled = Compose(scene, random);
        if (random.NextDouble() < options.BlurShare)
            scene.Blur(Between(random, 0.5f, 2f));
        if (random.NextDouble() < options.CompressShare)
            scene.Compress(random.Next(20, 80));
        float[] values = new float[3 * options.Side * options.Side];
        scene.Write(values);
        return new(values, labelled ? PriorTargets.Match(_priors, scene.Faces) : null);
    }

    /// <summary>Puts a scene together.</summary>
    /// <returns>Whether its faces are known.</returns>
    internal bool Compose(Scene scene, Random random)
    {
        if (pictures.Singles > 0 && random.NextDouble() < options.SinglesShare)
        {
            Tiles(scene, random);
            return false;
        }
        int index = random.Next(pictures.Labelled.Count);
        bool turned = random.NextDouble() < options.TurnShare;
        Labelled(scene, index, turned ? Between(random, -options.LargestTurn, options.LargestTurn) : 0, random);
        return !turned;
    }

    private void Labelled(Scene scene, int index, float turn, Random random)
    {
        IReadOnlyList<LabelledFace> faces = pictures.Labelled[index];
        (int width, int height) = pictures.Pictures.SizeOf(index);
        LabelledFace[] usable = [.. faces.Where(face => !face.Ignored && face.Box.Height >= options.SmallestAnchorFace)];
        float zoom;
        Vector2 centre;
        if (usable.Length > 0 && random.NextDouble() < options.FaceShare)
        {
            FaceBox box = usable[random.Next(usable.Length)].Box;
            zoom = Math.Clamp(
                LogBetween(random, options.SmallestFace, options.LargestFace) / box.Height,
                options.SmallestZoom,
                options.LargestZoom
            );
            // The face lies anywhere in the crop, whole where it fits.
            float free = Math.Max(0, scene.Side - box.Height * zoom) / zoom / 2;
            centre =
                new Vector2(box.X + box.Width / 2, box.Y + box.Height / 2)
                + new Vector2(Between(random, -free, free), Between(random, -free, free));
        }
        else
        {
            float side = Math.Min(width, height) * Between(random, 0.3f, 1f);
            zoom = Math.Min(scene.Side / side, options.LargestZoom);
            side = scene.Side / zoom;
            centre = new Vector2(
                side / 2 + (float)random.NextDouble() * Math.Max(0, width - side),
                side / 2 + (float)random.NextDouble() * Math.Max(0, height - side)
            );
        }
        Matrix3x2 place =
            Matrix3x2.CreateTranslation(-centre)
            * Matrix3x2.CreateScale(zoom)
            * Matrix3x2.CreateRotation(turn)
            * Matrix3x2.CreateTranslation(new Vector2(scene.Side / 2f));
        using SKImage image = pictures.Pictures.Open(index);
        using SKColorFilter colours = ColourChange.Random(random);
        scene.Draw(image, place, colours);
        if (turn == 0)
            foreach (LabelledFace face in faces)
                if (Placed(face, zoom, place, scene.Side) is { } placed)
                    scene.Faces.Add(placed);
        if (random.NextDouble() < 0.5)
            scene.Mirror();
    }

    /// <summary>A face where it lies in the crop; null when its centre is outside, as published. What is smaller than can be learnt is not
    /// counted for anything.</summary>
    private LabelledFace? Placed(LabelledFace face, float zoom, Matrix3x2 place, int side)
    {
        Vector2 corner = Vector2.Transform(new(face.Box.X, face.Box.Y), place),
            size = new Vector2(face.Box.Width, face.Box.Height) * zoom,
            centre = corner + size / 2;
        bool inside = centre.X > 0 && centre.Y > 0 && centre.X < side && centre.Y < side;
        Vector2 low = Vector2.Max(corner, Vector2.Zero),
            high = Vector2.Min(corner + size, new(side));
        if (high.X - low.X <= 1 || high.Y - low.Y <= 1)
            return null;
        return new(
            new(low.X, low.Y, high.X - low.X, high.Y - low.Y),
            face.Landmarks is { } points ? [.. points.Select(point => Vector2.Transform(point, place))] : null,
            face.Ignored || !inside || size.Y < options.SmallestLabel
        );
    }

    /// <summary>Single faces side by side, one to five in a row, over a labelled picture; in the whole scene or in a part of it.</summary>
    private void Tiles(Scene scene, Random random)
    {
        Labelled(scene, random.Next(pictures.Labelled.Count), 0, random);
        scene.Faces.Clear();
        int rows = random.Next(1, 6);
        float cell = (float)scene.Side / rows;
        double filled = random.NextDouble() < 0.5 ? 1 : 0.5;
        for (int row = 0; row < rows; row++)
        for (int column = 0; column < rows; column++)
            if (random.NextDouble() < filled)
                Tile(scene, SKRect.Create(column * cell, row * cell, cell, cell), random);
    }

    private void Tile(Scene scene, SKRect cell, Random random)
    {
        int index = pictures.Labelled.Count + random.Next(pictures.Singles);
        (int width, int height) = pictures.Pictures.SizeOf(index);
        float zoom = cell.Width / Math.Min(width, height) * Between(random, 0.6f, 1.25f);
        float turn = random.NextDouble() < options.TurnShare * 2 ? Between(random, -options.LargestTurn, options.LargestTurn) : 0;
        Vector2 shift = new Vector2(Between(random, -0.15f, 0.15f), Between(random, -0.15f, 0.15f)) * cell.Width;
        Matrix3x2 place =
            Matrix3x2.CreateTranslation(-width / 2f, -height / 2f)
            * Matrix3x2.CreateScale(random.NextDouble() < 0.5 ? -zoom : zoom, zoom)
            * Matrix3x2.CreateRotation(turn)
            * Matrix3x2.CreateTranslation(new Vector2(cell.MidX, cell.MidY) + shift);
        using SKImage image = pictures.Pictures.Open(index);
        using SKColorFilter colours = ColourChange.Random(random);
        scene.Draw(image, place, colours, cell);
        if (random.NextDouble() < options.CoverShare)
            scene.Cover(
                SKRect.Create(
                    cell.Left + cell.Width * Between(random, 0, 0.7f),
                    cell.Top + cell.Width * Between(random, 0, 0.7f),
                    cell.Width * Between(random, 0.1f, 0.5f),
                    cell.Width * Between(random, 0.1f, 0.5f)
                ),
                new SKColor((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256))
            );
    }

    private static float Between(Random random, float low, float high) => low + (high - low) * (float)random.NextDouble();

    private static float LogBetween(Random random, float low, float high) => low * MathF.Pow(high / low, (float)random.NextDouble());
}
