using System.Buffers.Binary;
using System.IO.Compression;
using Semblance.Conversion.Checkpoints;
using Semblance.Conversion.Tests.Checkpoints.Files;

namespace Semblance.Conversion.Tests.Checkpoints;

/// <summary>Files that are made to exhaust their reader. Each must be refused, and with little memory set aside on the way.</summary>
public sealed class HostileFileTests
{
    private const long LittleMemory = 8 << 20;

    /// <summary>What the largest number of operations may take that is allowed at all.</summary>
    private const long MostMemory = 128 << 20;

    private static readonly byte[] TwoFloats = TorchFiles.Floats(1, 2);

    [Theory]
    [InlineData(new byte[] { (byte)'X', 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { (byte)'B', 0xff, 0xff, 0xff, 0x7f })]
    [InlineData(new byte[] { 0x8d, 0, 0, 0, 0, 0, 0, 0, 0x40 })]
    [InlineData(new byte[] { 0x8e, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x96, 0, 0, 0, 0, 1, 0, 0, 0 })]
    [InlineData(new byte[] { 0x8b, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x8b, 0, 0, 0, 0x40 })]
    [InlineData(new byte[] { (byte)'j', 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { (byte)'t' })]
    [InlineData(new byte[] { (byte)'0', (byte)'0' })]
    [InlineData(new byte[] { (byte)'Q' })]
    public void A_length_or_reference_beyond_the_pickle_is_refused(byte[] operation) =>
        AssertRefused(TorchFiles.Zip(new PickleBytes().Protocol().Raw(operation).Stop()));

    [Theory]
    [InlineData("(", "deep")]
    [InlineData("N", "stacks")]
    [InlineData("]a", "operations")]
    [InlineData("2", "stacks")]
    public void A_pickle_that_repeats_an_operation_is_stopped(string operations, string expected)
    {
        byte[] bomb = new PickleBytes()
            .Protocol()
            .EmptyList()
            .Raw([.. Enumerable.Repeat(operations, 400_000).SelectMany(text => text).Select(c => (byte)c)])
            .Stop();
        Assert.Contains(expected, AssertRefused(TorchFiles.Zip(bomb), MostMemory));
    }

    [Fact]
    public void A_memo_that_grows_without_end_is_stopped()
    {
        PickleBytes pickle = new PickleBytes().Protocol().None();
        for (uint i = 0; i < 600_000; i++)
            pickle.Raw((byte)'r').Length32(i * 7001);
        Assert.Contains("operations", AssertRefused(TorchFiles.Zip(pickle.Stop()), MostMemory));
    }

    [Fact]
    public void Containers_that_hold_one_another_a_million_million_times_take_no_time_and_no_memory()
    {
        PickleBytes pickle = new PickleBytes().Protocol().EmptyDict();
        for (int i = 0; i < 40; i++)
            pickle
                .Raw((byte)'q', (byte)i)
                .Raw((byte)'0')
                .EmptyDict()
                .Text("a")
                .Raw((byte)'h', (byte)i)
                .SetItem()
                .Text("b")
                .Raw((byte)'h', (byte)i)
                .SetItem();
        Assert.Contains("no tensors", AssertRefused(TorchFiles.Zip(pickle.Stop())));
    }

    [Theory]
    [InlineData("__builtin__", "list", "copies")]
    [InlineData("builtins", "tuple", "copies")]
    [InlineData("torch", "Size", "copies")]
    [InlineData("collections", "OrderedDict", "copies")]
    [InlineData("_codecs", "encode", "text")]
    public void A_small_file_that_copies_what_it_has_again_and_again_is_stopped(string module, string name, string expected)
    {
        const int Items = 20_000;
        PickleBytes pickle = new PickleBytes().Protocol().Global(module, name).Raw((byte)'q', 0);
        if (name == "encode")
            pickle.Text(new string('a', Items));
        else
            pickle.Mark().Raw(Enumerable.Repeat((byte)'N', Items).ToArray()).Raw(name == "OrderedDict" ? (byte)'d' : (byte)'l');
        pickle.Raw(0x85, (byte)'q', 1);
        // 20,000 copies of 20,000 items.
        for (int i = 0; i < Items; i++)
            pickle.Raw((byte)'h', 0, (byte)'h', 1).Reduce();
        Assert.Contains(expected, AssertRefused(TorchFiles.Zip(pickle.Stop()), MostMemory));
    }

    [Fact]
    public void A_container_that_holds_itself_is_no_endless_loop()
    {
        PickleBytes pickle = new PickleBytes().Protocol().EmptyDict().Raw((byte)'q', 0).Text("me").Raw((byte)'h', 0).SetItem();
        Assert.Contains("no tensors", AssertRefused(TorchFiles.Zip(pickle.Stop())));
    }

    [Fact]
    public void Thousands_of_dictionaries_of_tensors_are_refused()
    {
        StoredTensor tensor = StoredTensor.Of("t", "0", 2);
        PickleBytes pickle = new PickleBytes().Protocol().EmptyDict();
        for (int i = 0; i < 1000; i++)
            pickle.Text($"{i}").StateDict(tensor).SetItem();
        Assert.Contains("dictionaries", AssertRefused(TorchFiles.Zip(pickle.Stop(), ("0", TwoFloats))));
    }

    [Theory]
    [InlineData(1L << 30)]
    [InlineData(1L << 62)]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    public void A_storage_of_a_size_that_the_file_has_not_is_refused(long count)
    {
        StoredTensor tensor = StoredTensor.Of("t", "0", 2) with { StorageCount = count };
        byte[] pickle = new PickleBytes().Protocol().StateDict(tensor).Stop();
        AssertRefused(TorchFiles.Zip(pickle, ("0", TwoFloats)));
        AssertRefused(TorchFiles.Legacy(pickle, ("0", count, TwoFloats)));
    }

    [Theory]
    [InlineData(new long[] { 3 }, new long[] { 1 }, 0)]
    [InlineData(new long[] { 2 }, new long[] { 1 }, 1)]
    [InlineData(new long[] { 2 }, new long[] { 2 }, 0)]
    [InlineData(new long[] { -1 }, new long[] { 1 }, 0)]
    [InlineData(new long[] { -2, -1 }, new long[] { 1, 1 }, 0)]
    [InlineData(new long[] { 2 }, new long[] { -1 }, 1)]
    [InlineData(new long[] { 1 }, new long[] { 1 }, -1)]
    [InlineData(new long[] { 1 }, new long[] { 1 }, long.MaxValue)]
    [InlineData(new long[] { 2 }, new long[] { long.MaxValue }, 0)]
    [InlineData(new long[] { long.MaxValue, long.MaxValue, 3 }, new long[] { 1, 1, 1 }, 0)]
    [InlineData(new long[] { 1 }, new long[] { 1, 1 }, 0)]
    [InlineData(new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, 0)]
    public void A_tensor_beyond_its_storage_is_refused(long[] shape, long[] strides, long offset)
    {
        StoredTensor tensor = new("t", "0", "FloatStorage", 2, shape, strides) { Offset = offset };
        AssertRefused(TorchFiles.Zip(new PickleBytes().Protocol().StateDict(tensor).Stop(), ("0", TwoFloats)));
    }

    [Fact]
    public void Four_gigabytes_claimed_by_a_kilobyte_are_refused()
    {
        StoredTensor tensor = new("t", "0", "FloatStorage", 2, [1L << 30], [0]);
        byte[] file = TorchFiles.Zip(new PickleBytes().Protocol().StateDict(tensor).Stop(), ("0", TwoFloats));
        Assert.InRange(file.Length, 1, 1024);
        Assert.Contains("more than the file could hold", AssertRefused(file));
    }

    [Fact]
    public void A_storage_that_is_described_in_two_ways_is_refused()
    {
        StoredTensor one = StoredTensor.Of("one", "0", 2),
            other = one with { Name = "other", StorageType = "HalfStorage", StorageCount = 4 };
        Assert.Contains(
            "two ways",
            AssertRefused(TorchFiles.Zip(new PickleBytes().Protocol().StateDict(one, other).Stop(), ("0", TwoFloats)))
        );
    }

    [Fact]
    public void A_compressed_archive_is_refused_unopened()
    {
        byte[] bomb = TorchFiles.ZipOf([("archive/data.pkl", new byte[32 << 20])], CompressionLevel.SmallestSize);
        Assert.InRange(bomb.Length, 1, 64 << 10);
        Assert.Contains("compressed", AssertRefused(bomb));
    }

    [Fact]
    public void Entries_that_lie_over_one_another_are_refused()
    {
        byte[] file = TorchFiles.Sound("zip");
        // The second entry of the table of contents is pointed to the place of the third.
        int[] lines = [.. Find(file, 0x02014b50)];
        file.AsSpan(lines[2] + 42, 4).CopyTo(file.AsSpan(lines[1] + 42));
        Assert.Contains("overlaps", AssertRefused(file));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(42)]
    public void Sizes_and_places_of_four_gigabytes_are_refused(int field)
    {
        byte[] file = TorchFiles.Sound("zip");
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(Find(file, 0x02014b50).First() + field), uint.MaxValue);
        AssertRefused(file);
    }

    [Fact]
    public void A_table_of_contents_of_four_gigabytes_is_refused()
    {
        byte[] file = TorchFiles.Sound("zip");
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(Find(file, 0x06054b50).Single() + 12), 0xfffffff0);
        Assert.Contains("table of contents", AssertRefused(file));
    }

    [Theory]
    [InlineData("""{"t":{"dtype":"F32","shape":[1073741824],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1073741824],"data_offsets":[0,4294967296]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,8],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"u":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"t":{"dtype":"F4","shape":[16],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":[[[[[[[[]]]]]]]]}""")]
    [InlineData("""{"t":7}""")]
    [InlineData("""{"t":""")]
    public void A_safetensors_header_that_does_not_fit_its_numbers_is_refused(string header) =>
        AssertRefused(TorchFiles.SafeTensors(header, TwoFloats));

    [Fact]
    public void A_safetensors_header_of_any_length_is_refused_unread()
    {
        byte[] file = TorchFiles.Sound("safetensors");
        foreach (ulong length in new[] { ulong.MaxValue, 1UL << 63, 1UL << 32, (ulong)file.Length })
        {
            BinaryPrimitives.WriteUInt64LittleEndian(file, length);
            Assert.Contains("header", AssertRefused(file));
        }
    }

    [Theory]
    [MemberData(nameof(CheckpointTests.Formats), MemberType = typeof(CheckpointTests))]
    public void A_file_cut_off_anywhere_is_refused(string format)
    {
        byte[] whole = TorchFiles.Sound(format);
        for (int length = 0; length < whole.Length; length++)
            AssertRefused(whole[..length]);
    }

    private static string AssertRefused(byte[] file, long memory = LittleMemory)
    {
        string path = CheckpointFile.Write(file);
        try
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            string message = Assert.Throws<ConversionException>(() => Checkpoint.Open(path).Dispose()).Message;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, memory);
            return message;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<int> Find(byte[] file, uint signature) =>
        Enumerable.Range(0, file.Length - 4).Where(at => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) == signature);
}
