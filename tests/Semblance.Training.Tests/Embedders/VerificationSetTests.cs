using Semblance.Training.Embedders;
using Semblance.Training.Identity;
using Semblance.Training.Tests.Support;

namespace Semblance.Training.Tests.Embedders;

public sealed class VerificationSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void List_is_opened_with_its_degradation_also_where_a_folder_has_an_at_sign_in_its_name()
    {
        string list = WriteList("ada@home");
        VerificationSet plain = Open(list),
            small = Open(list + "@size:24");
        Assert.Equal(("pairs", (Degradation?)null), (plain.Name, plain.Degradation));
        Assert.Equal(("pairs@size:24", new SmallSize(24, Resampling.Area, Resampling.Linear)), (small.Name, small.Degradation));
        Assert.Equal([true, false], small.Pairs.Select(pair => pair.Same));
        Assert.Equal((3, 3), (small.Images.Count, small.Crops.Count));
    }

    [Fact]
    public void Set_of_InsightFace_gives_its_pairs()
    {
        byte[][] pictures = [.. Enumerable.Range(0, 4).Select(i => TemporaryFolder.Picture(i, 0))];
        VerificationSet set = Open(_folder.Write("lfw.bin", RecordWriter.Bin(pictures, [true, false])));
        Assert.Equal([true, false], set.Pairs.Select(pair => pair.Same));
        Assert.Equal(
            new FaceCropper(CropSource.Aligned, null).Crop(pictures[2], "made up"),
            set.Crops[set.Images.ToList().IndexOf(set.Pairs[1].ImageA)]
        );
    }

    [Fact]
    public void Set_is_refused_with_a_reason_when_it_cannot_be_measured_on()
    {
        string list = WriteList("set");
        Assert.Contains("no such list of pairs", Refused(list + "x"));
        Assert.Contains("degradation 'size:0' is not known", Refused(list + "@size:0"));
        _folder.Write("set/0.png", "no picture");
        Assert.Contains("pairs.csv cannot be measured on", Refused(list));
        File.Delete(_folder["set/0.png"]);
        Assert.Contains("0.png, which is not there", Refused(list));
        Assert.Contains(
            "cannot be measured on",
            Refused(
                _folder.Write(
                    "lfw.bin",
                    RecordWriter.Bin(
                        [
                            [1, 2, 3],
                            TemporaryFolder.Picture(0, 0),
                        ],
                        [true]
                    )
                )
            )
        );
    }

    private string WriteList(string folder)
    {
        for (int i = 0; i < 3; i++)
            _folder.Write($"{folder}/{i}.png", TemporaryFolder.Picture(i / 2, i));
        return _folder.Write($"{folder}/pairs.csv", "image_a,image_b,same\n0.png,1.png,1\n0.png,2.png,0\n");
    }

    private static VerificationSet Open(string source) =>
        VerificationSet.Open(
            source,
            images: null,
            new(CropSource.Aligned, null),
            cache: null,
            threads: 1,
            TestContext.Current.CancellationToken
        );

    private static string Refused(string source) => Assert.Throws<TrainingException>(() => Open(source)).Message;
}
