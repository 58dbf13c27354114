using Semblance.Training.Identity;
using Semblance.Training.Tests.Support;

namespace Semblance.Training.Tests.Identity;

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
        Assert.Contains("instruction 0x63 stands for more than plain values", Assert.Throws<TrainingException>(() => InsightFaceBin.Read(_folder.Write("x.bin", hostile))).Message);
    }

    [Fact]
    public void Set_is_refused_when_it_is_cut_off_or_numbers_do_not_fit()
    {
        byte[] whole = RecordWriter.Bin([TemporaryFolder.Picture(0, 0), TemporaryFolder.Picture(1, 0)], [true]);
        for (int length = 0; length < whole.Length; length += 97)
            Assert.Throws<TrainingException>(() => InsightFaceBin.Read(_folder.Write("cut.bin", whole[..length])));
        byte[] odd = RecordWriter.Bin([TemporaryFolder.Picture(0, 0)], [true]);
        Assert.Contains("1 pictures and 1 truths do not fit together", Assert.Throws<TrainingException>(() => InsightFaceBin.Read(_folder.Write("odd.bin", odd))).Message);
    }
}
