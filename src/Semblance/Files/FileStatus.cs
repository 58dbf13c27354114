using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Semblance.Files;

/// <summary>What the operating system says of a path, links followed; .NET tells neither pipes from files nor one file from
/// another.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Identity">Which it is.</param>
internal readonly partial record struct FileStatus(FileKind Kind, FileIdentity Identity)
{
    /// <summary>The bits of a mode that tell what a file is, and their values (POSIX, sys/stat.h).</summary>
    private const int TypeBits = 0xF000,
        FolderType = 0x4000,
        RegularType = 0x8000;

    /// <summary>Room for the structures of all systems, 256 bytes at most.</summary>
    private const int Room = 512;

    public static bool TryRead(string path, out FileStatus status)
    {
        status = default;
        if (path.Length == 0 || path.Contains('\0'))
            return false;
        string full = Path.GetFullPath(path);
        if (OperatingSystem.IsLinux())
            return TryLinux(full, out status);
        if (OperatingSystem.IsMacOS())
            return TryMac(full, out status);
        return OperatingSystem.IsWindows() ? TryWindows(full, out status) : TryByName(full, out status);
    }

    /// <summary>struct statx (statx(2)): mode at 28, inode at 32, device at 136 and 140.</summary>
    private static unsafe bool TryLinux(string path, out FileStatus status)
    {
        const int CurrentFolder = -100,
            BasicStatistics = 0x7FF;
        Span<byte> found = stackalloc byte[Room];
        status = default;
        fixed (byte* place = found)
            if (StatX(CurrentFolder, path, 0, BasicStatistics, place) != 0)
                return false;
        ulong device = BinaryPrimitives.ReadUInt64LittleEndian(found[136..]);
        status = new(
            KindOf(BinaryPrimitives.ReadUInt16LittleEndian(found[28..])),
            new(device, BinaryPrimitives.ReadUInt64LittleEndian(found[32..]))
        );
        return true;
    }

    /// <summary>struct stat with 64-bit inodes: device at 0, mode at 4, inode at 8.</summary>
    private static unsafe bool TryMac(string path, out FileStatus status)
    {
        Span<byte> found = stackalloc byte[Room];
        status = default;
        fixed (byte* place = found)
        {
            int failed = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatMacX64(path, place) : StatMac(path, place);
            if (failed != 0)
                return false;
        }
        uint device = BinaryPrimitives.ReadUInt32LittleEndian(found);
        status = new(
            KindOf(BinaryPrimitives.ReadUInt16LittleEndian(found[4..])),
            new(device, BinaryPrimitives.ReadUInt64LittleEndian(found[8..]))
        );
        return true;
    }

    /// <summary>BY_HANDLE_FILE_INFORMATION: attributes at 0, volume at 28, index at 44 (high) and 48 (low).</summary>
    private static unsafe bool TryWindows(string path, out FileStatus status)
    {
        const uint ShareAll = 7,
            OpenExisting = 3,
            BackupSemantics = 0x02000000,
            DiskFile = 1,
            FolderAttribute = 0x10;
        status = default;
        using SafeFileHandle file = CreateFile(path, 0, ShareAll, 0, OpenExisting, BackupSemantics, 0);
        if (file.IsInvalid)
            return false;
        if (GetFileType(file) != DiskFile)
        {
            status = new(FileKind.Special, default);
            return true;
        }
        Span<byte> found = stackalloc byte[Room];
        fixed (byte* place = found)
            if (!GetFileInformationByHandle(file, place))
                return false;
        ulong high = BinaryPrimitives.ReadUInt32LittleEndian(found[44..]),
            low = BinaryPrimitives.ReadUInt32LittleEndian(found[48..]);
        bool folder = (BinaryPrimitives.ReadUInt32LittleEndian(found) & FolderAttribute) != 0;
        status = new(
            folder ? FileKind.Folder : FileKind.Regular,
            new(BinaryPrimitives.ReadUInt32LittleEndian(found[28..]), (high << 32) | low)
        );
        return true;
    }

    /// <summary>Elsewhere a file is its full name.</summary>
    private static bool TryByName(string path, out FileStatus status)
    {
        FileKind kind =
            Directory.Exists(path) ? FileKind.Folder
            : File.Exists(path) ? FileKind.Regular
            : FileKind.Missing;
        byte[] name = System.Text.Encoding.UTF8.GetBytes(path);
        ulong number = BinaryPrimitives.ReadUInt64LittleEndian(System.Security.Cryptography.SHA256.HashData(name));
        status = new(kind, new(0, number));
        return kind != FileKind.Missing;
    }

    private static FileKind KindOf(int mode) =>
        (mode & TypeBits) switch
        {
            RegularType => FileKind.Regular,
            FolderType => FileKind.Folder,
            _ => FileKind.Special,
        };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatX(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatMac(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatMacX64(string path, byte* status);

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateFile(
        string path,
        uint access,
        uint share,
        nint security,
        uint creation,
        uint flags,
        nint template
    );

    [LibraryImport("kernel32")]
    private static partial uint GetFileType(SafeFileHandle file);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool GetFileInformationByHandle(SafeFileHandle file, byte* information);
}
