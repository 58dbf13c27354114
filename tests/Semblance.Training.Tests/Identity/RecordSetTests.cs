using Semblance.Training.Identity;
using Semblance.Training.Tests.Support;
using SkiaSharp;

namespace Semblance.Training.Tests.Identity;

public sealed class RecordSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_and_people_are_those_of_the_records_when_a_set_is_opened()
    {
        byte[][] pictures = [.. Enumerable.Range(0, 5).Select(i => TemporaryFolder.Picture(i, i, SKEncodedImageFormat.Jpeg))];
        RecordWriter.Write(_folder["train.rec"], [.. pictures.Select((picture, i) => ((float)(10 + i / 2), picture))], people: 3);
        IdentitySet set = IdentitySet.Open(_folder["train.rec"]);
        Assert.Equal(["10", "11", "12"], set.Names);
        Assert.Equal([0, 0, 1, 1, 2], set.Samples.Select(sample => sample.Identity));
        for (int i = 0; i < pictures.Length; i++)
            Assert.Equal(pictures[i], set.Samples[i].Read());
    }

    [Fact]
    public void Set_is_refused_when_its_index_is_not_there()
    {
        _folder.Write("train.rec", []);
        Assert.Contains("train.idx is not there", Assert.Throws<TrainingException>(() => IdentitySet.Open(_folder["train.rec"])).Message);
    }

    [Fact]
    public void Set_is_refused_when_a_label_is_no_index_of_a_person()
    {
        RecordWriter.Write(_folder["train.rec"], [(0, TemporaryFolder.Picture(0, 0)), (1.5f, TemporaryFolder.Picture(1, 0))], people: 2);
        Assert.Contains(
            "record 2 is no picture with the index of a person",
            Assert.Throws<TrainingException>(() => IdentitySet.Open(_folder["train.rec"])).Message
        );
    }

    [Fact]
    public void Set_is_refused_when_the_file_is_cut_off()
    {
        RecordWriter.Write(_folder["train.rec"], [(0, TemporaryFolder.Picture(0, 0)), (1, TemporaryFolder.Picture(1, 0))], people: 2);
        File.WriteAllBytes(_folder["train.rec"], File.ReadAllBytes(_folder["train.rec"])[..^200]);
        Assert.Contains("ends inside record 2", Assert.Throws<TrainingException>(() => IdentitySet.Open(_folder["train.rec"])).Message);
    }

    [Fact]
    public void Set_is_refused_when_the_index_belongs_to_another_file()
    {
        RecordWriter.Write(_folder["train.rec"], [(0, TemporaryFolder.Picture(0, 0)), (1, TemporaryFolder.Picture(1, 0))], people: 2);
        File.WriteAllText(_folder["train.idx"], File.ReadAllText(_folder["train.idx"]).Replace("0\t0", "0\t12", StringComparison.Ordinal));
        Assert.Contains(
            "the index belongs to another file",
            Assert.Throws<TrainingException>(() => IdentitySet.Open(_folder["train.rec"])).Message
        );
        _folder.Write("train.idx", "zero\tnowhere\n");
        Assert.Contains(
            "line 1: 'zero\tnowhere' is no key and place",
            Assert.Throws<TrainingException>(() => IdentitySet.Open(_folder["train.rec"])).Message
        );
    }
}
