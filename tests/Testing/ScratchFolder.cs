namespace ChatPlatform.Testing;

/// <summary>The folder of test databases, which live as long as a run.</summary>
public static class ScratchFolder
{
    private const string Memory = "/dev/shm";
    private const long Enough = 1L << 30;

    /// <summary>In memory if there is enough: creating and cloning a database is several times as fast there.</summary>
    public static string Root { get; } =
        Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Enough ? Memory : Path.GetTempPath();

    /// <summary>Does not create the folder.</summary>
    public static string New(string prefix) => Path.Combine(Root, $"{prefix}{Guid.NewGuid():n}");
}
