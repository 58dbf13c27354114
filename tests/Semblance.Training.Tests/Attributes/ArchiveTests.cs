using System.Formats.Tar;
using Semblance.Training.Attributes.Data;
using SkiaSharp;

namespace Semblance.Training.Tests.Attributes;

public sealed class ArchiveTests : IDisposable
{
    private const string FerHeader =
        "index,emotion,usage,ferplus_neutral,ferplus_happiness,ferplus_surprise,ferplus_sadness,ferplus_anger,ferplus_disgust,ferplus_fear,ferplus_contempt,ferplus_unknown,ferplus_nf\n";

    private readonly AttributeData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Fer_takes_cells_by_index_and_votes_by_name()
    {
        _data.WriteLabels(
            FerHeader + "0,angry,train,4,0,0,1,5,0,0,0,0,0\n1,happy,val,0,9,0,0,0,0,0,1,0,0\n2,sad,train,0,0,0,0,0,0,0,5,5,0\n"
        );
        _data.WriteGreySheet("sheets/000.jpg", 48, 40, new SKColor(10, 10, 10), new SKColor(200, 200, 200), new SKColor(90, 90, 90));
        List<EmotionSample> train = FerArchive.Read(ImageArchive.Open(_data.Folder), "train");
        AssertNear([10, 90], [.. train.Select(sample => sample.Crop.Pixels[48 * 24 + 24])]);
        Assert.Equal("angry", EmotionNames.All[train[0].Emotion]);
        Assert.Equal([5, 0, 0, 0, 4, 1, 0], train[0].Votes!);
        // Five of ten is no majority.
        Assert.Equal(-1, train[0].MajorityOfVotes);
        Assert.Equal("happy", EmotionNames.All[Assert.Single(FerArchive.Read(ImageArchive.Open(_data.Folder), "val")).MajorityOfVotes]);
    }

    [Fact]
    public void A_tar_archive_reads_as_its_folder_does()
    {
        _data.WriteLabels("file,emotion,split\nimages/0.jpg,fear,train\n");
        _data.WriteSheet("images/0.jpg", 100, 1, new SKColor(200, 100, 50));
        string tar = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".tar");
        TarFile.CreateFromDirectory(_data.Folder, tar, includeBaseDirectory: false);
        try
        {
            EmotionSample sample = Assert.Single(RafArchive.Read(ImageArchive.Open(tar), "train"));
            AssertNear([200, 100, 50], sample.Crop.Pixels[..3]);
        }
        finally
        {
            File.Delete(tar);
        }
    }

    [Fact]
    public void Utk_sheets_are_brought_to_one_size()
    {
        _data.WriteLabels("index,age,gender,race\n0,26,female,Black\n1,116,male,White\n");
        _data.WriteSheet("sheets/000.jpg", 128, 20, new SKColor(1, 2, 3), new SKColor(40, 50, 60));
        List<PersonSample> people = UtkFaceArchive.ReadSheets(ImageArchive.Open(_data.Folder));
        Assert.Equal([96, 96], people.Select(person => person.Crop.Side));
        AssertNear([40, 50, 60], people[1].Crop.Pixels[(3 * (48 * 96 + 48))..][..3]);
        Assert.Equal((0, 1), (people[0].Gender, people[1].Gender));
        Assert.Equal(8, people[1].AgeGroup);
    }

    [Theory]
    [InlineData("file,emotion,split\nimages/0.jpg,bored,train\n", "line 2: emotion is 'bored'")]
    [InlineData("file,split\nimages/0.jpg,train\n", "no column emotion")]
    [InlineData("file,emotion,split\nimages/0.jpg,sad\n", "line 2: 2 fields")]
    [InlineData("file,emotion,split\n", "no rows")]
    [InlineData("file,emotion,split\nimages/none.jpg,sad,train\n", "none.jpg")]
    [InlineData("file,emotion,split\nlabels.csv,sad,train\n", "no image")]
    public void Labels_and_pictures_that_are_wrong_are_named(string labels, string named)
    {
        _data.WriteLabels(labels);
        Assert.Contains(named, Assert.Throws<TrainingException>(() => RafArchive.Read(ImageArchive.Open(_data.Folder), "train")).Message);
    }

    [Fact]
    public void An_age_out_of_range_is_named_with_its_line()
    {
        _data.WriteLabels("index,age,gender,race\n0,26,female,Black\n1,117,male,White\n");
        _data.WriteSheet("sheets/000.jpg", 128, 20, new SKColor(1, 2, 3), new SKColor(40, 50, 60));
        Assert.Contains(
            "line 3: age is '117'",
            Assert.Throws<TrainingException>(() => UtkFaceArchive.ReadSheets(ImageArchive.Open(_data.Folder))).Message
        );
    }

    [Fact]
    public void A_sheet_that_is_too_small_for_its_labels_is_refused()
    {
        _data.WriteLabels("index,age,gender,race\n0,26,female,Black\n30,20,male,White\n");
        _data.WriteSheet("sheets/000.jpg", 128, 20, new SKColor(1, 2, 3));
        Assert.Contains(
            "31 cells",
            Assert.Throws<TrainingException>(() => UtkFaceArchive.ReadSheets(ImageArchive.Open(_data.Folder))).Message
        );
    }

    [Fact]
    public void An_archive_that_is_not_there_is_named() =>
        Assert.Contains("nowhere.tar", Assert.Throws<TrainingException>(() => ImageArchive.Open(_data.PathOf("nowhere.tar"))).Message);

    /// <summary>JPEG may move a value a little.</summary>
    private static void AssertNear(byte[] expected, byte[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second - pair.First, -4, 4));
}
