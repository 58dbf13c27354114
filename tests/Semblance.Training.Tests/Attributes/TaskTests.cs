using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Training;
using TorchSharp;

namespace Semblance.Training.Tests.Attributes;

public sealed class TaskTests
{
    private static readonly FaceCrop Blank = new(new byte[3], 1, 3);

    [Fact]
    public void Ages_and_genders_are_drawn_more_evenly_than_they_come()
    {
        PersonSample[] people = [.. Enumerable.Range(0, 1000).Select(i => Person(i < 900 ? 25 : 75, i % 2))];
        AgeGenderTask task = new(people, [Person(20, 0)], new() { CellExponent = 0 });
        int[] drawn = task.DrawEpoch(new Random(1));
        Assert.Equal(500, drawn.Count(i => people[i].Age == 75));
        Assert.InRange(drawn.Length, 990, 1010);
    }

    [Fact]
    public void Age_loss_is_lowest_where_the_label_is()
    {
        AgeGenderTask task = new([Person(30, 1), Person(30, 0)], [Person(20, 0)], new());
        Assert.True(LossAt(30) < LossAt(36));
        Assert.True(LossAt(36) < LossAt(60));

        double LossAt(int year)
        {
            float[] outputs = new float[AgeGenderTask.Years + 1];
            for (int i = 0; i < AgeGenderTask.Years; i++)
                outputs[i] = -MathF.Pow((i - year) / 3f, 2) / 2;
            return task.Loss(torch.tensor(outputs, [1, outputs.Length]), [0]).item<float>();
        }
    }

    [Fact]
    public void A_set_without_a_gender_or_an_expression_is_refused_by_name()
    {
        Assert.Contains(
            "'male'",
            Assert.Throws<TrainingException>(() => new AgeGenderTask([Person(20, 0)], [Person(20, 0)], new())).Message
        );
        EmotionSample[] all = [.. Enumerable.Range(0, 7).Select(i => new EmotionSample(Blank, i, new float[7]))];
        Assert.Contains(
            "'fear'",
            Assert
                .Throws<TrainingException>(() => new EmotionTask(all, [.. all.Where(sample => sample.Emotion != 2)], all, all, new()))
                .Message
        );
    }

    [Fact]
    public void A_picture_of_one_set_does_not_move_the_other_sets_head()
    {
        float[] votes = [8, 0, 0, 0, 2, 0, 0];
        EmotionSample[] fer = [.. Enumerable.Range(0, 7).Select(i => new EmotionSample(Blank, i, votes) { AllVotes = 10 })];
        EmotionSample[] raf = [.. Enumerable.Range(0, 7).Select(i => new EmotionSample(Blank, i, null))];
        EmotionTask task = new(fer, raf, fer, raf, new());
        Assert.Equal([true, true, false], Moved(0));
        Assert.Equal([false, false, true], Moved(7));

        bool[] Moved(int sample)
        {
            using torch.Tensor outputs = torch.zeros(1, 21, requires_grad: true);
            task.Loss(outputs, [sample]).backward();
            float[] gradient = outputs.grad!.data<float>().ToArray();
            return [.. Enumerable.Range(0, 3).Select(head => gradient.Skip(head * 7).Take(7).Any(value => value != 0))];
        }
    }

    [Fact]
    public void Temperature_of_overconfident_logits_is_above_one()
    {
        // Logits say 0.98, three of four are right.
        float[] logits = [4, 0];
        double t = Temperature.Minimize(temperature =>
        {
            float[] p = Temperature.Probabilities(logits, temperature);
            return -3 * Math.Log(p[0]) - Math.Log(p[1]);
        });
        Assert.Equal(4 / Math.Log(3), t, 0.01);
    }

    [Fact]
    public void A_part_of_the_grey_pictures_is_drawn_beside_repeated_colour_ones()
    {
        EmotionSample[] fer = [.. Enumerable.Range(0, 70).Select(i => new EmotionSample(Blank, i % 7, new float[7]))];
        EmotionSample[] raf = [.. Enumerable.Range(0, 14).Select(i => new EmotionSample(Blank, i % 7, null))];
        int[] drawn = new EmotionTask(fer, raf, fer, raf, new() { FerShare = 0.5, RafRepeats = 3 }).DrawEpoch(new Random(1));
        int[] grey = [.. drawn.Where(sample => sample < fer.Length)];
        Assert.Equal(35, grey.Distinct().Count());
        Assert.Equal(35 + 42, drawn.Length);
    }

    [Fact]
    public void Rare_expressions_of_the_grey_pictures_are_drawn_more_often()
    {
        // 90 happy pictures and 10 of each other expression: 21.4 a class on average, so that (21.4 / 10) ^ 0.5 = 1.46 times.
        EmotionSample[] fer =
        [
            .. Enumerable
                .Range(0, 150)
                .Select(i => new EmotionSample(
                    Blank,
                    i < 90 ? 3
                        : i % 6 is var rare && rare >= 3 ? rare + 1
                        : rare,
                    new float[7]
                )),
        ];
        EmotionSample[] raf = [.. Enumerable.Range(0, 7).Select(i => new EmotionSample(Blank, i, null))];
        EmotionTask task = new(fer, raf, fer, raf, new() { FerEvenness = 0.5, RafRepeats = 0 });
        int[] drawn = [.. Enumerable.Range(0, 20).SelectMany(seed => task.DrawEpoch(new Random(seed)))];
        Assert.Equal(1.46, drawn.Count(i => fer[i].Emotion == 0) / 200.0, 0.1);
        Assert.Equal(0.49, drawn.Count(i => fer[i].Emotion == 3) / 1800.0, 0.05);
    }

    private static PersonSample Person(int age, int gender) => new(Blank, age, gender, "Other");
}
