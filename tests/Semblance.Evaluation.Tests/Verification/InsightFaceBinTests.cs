using Semblance.Evaluation.Verification;
using Semblance.Training.Tests.Support;

namespace Semblance.Evaluation.Tests.Verification;

public sealed class InsightFaceBinTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_and_truths_are_those_that_were_pickled_when_a_set_is_read()
    {
        byte[][] pictures = [.. Enumerable.Range(0, 4).Select(i => TemporaryFolder.Picture(i, 0))];
        InsightFaceBin set = InsightFaceBin.Read(_folder.Write("lfw.bin", RecordWriter.Bin(pictures, [true, false])));
        Assert.Equal([true, false], set.Same);
        Assert.Equal(pictures, set.Images.Select(image => image.ToArray()));
    }

    [Fact]
    public void Set_is_refused_when_it_would_create_an_object_of_Python()
    {
        byte[] hostile = [0x80, 2, .. "cos\nsystem\n"u8, (byte)'.'];
        Assert.Contains(
            "it asks for os.system, and only plain values are read",
            Assert.Throws<EvaluationException>(() => InsightFaceBin.Read(_folder.Write("x.bin", hostile))).Message
        );
    }

    [Fact]
    public void Pictures_are_read_as_Python_3_writes_them_for_Python_2()
    {
        // pickle.dumps(([b"\xff\xd8\x00", b"\x01"], [True]), protocol=2) of Python 3.
        byte[] pickled = Convert.FromHexString(
            "80025d710028635f636f646563730a656e636f64650a71015805000000c3bfc39800710258060000006c6174696e317103867104527105680158010000000171066803867107527108655d7109886186710a2e"
        );
        InsightFaceBin set = InsightFaceBin.Read(_folder.Write("two.bin", pickled));
        Assert.Equal(
            [
                [0xff, 0xd8, 0],
                [1],
            ],
            set.Images.Select(image => image.ToArray())
        );
        Assert.Equal([true], set.Same);
    }

    [Fact]
    public void Set_is_refused_when_it_is_cut_off_or_numbers_do_not_fit()
    {
        byte[] whole = RecordWriter.Bin([TemporaryFolder.Picture(0, 0), TemporaryFolder.Picture(1, 0)], [true]);
        for (int length = 0; length < whole.Length; length += 97)
            Assert.Throws<EvaluationException>(() => InsightFaceBin.Read(_folder.Write("cut.bin", whole[..length])));
        byte[] odd = RecordWriter.Bin([TemporaryFolder.Picture(0, 0)], [true]);
        Assert.Contains(
            "1 pictures and 1 truths do not fit together",
            Assert.Throws<EvaluationException>(() => InsightFaceBin.Read(_folder.Write("odd.bin", odd))).Message
        );
    }
}
