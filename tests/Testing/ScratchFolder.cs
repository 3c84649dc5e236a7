namespace ChatPlatform.Testing;

/// <summary>Where tests put the many small files of databases that live as long as a run.</summary>
public static class ScratchFolder
{
    private const string Memory = "/dev/shm";
    private const long Enough = 1L << 30;

    /// <summary>In memory where the system offers enough of it: making and cloning a database is several times as fast there.</summary>
    public static string Root { get; } =
        Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Enough ? Memory : Path.GetTempPath();

    /// <summary>The path of a folder that does not exist yet.</summary>
    public static string New(string prefix) => Path.Combine(Root, $"{prefix}{Guid.NewGuid():n}");
}
