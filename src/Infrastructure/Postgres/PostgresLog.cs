namespace ChatPlatform.Infrastructure.Postgres;

internal static class PostgresLog
{
    private const int Lines = 20;

    public static string Tail(PostgresHome home)
    {
        var logs = new DirectoryInfo(home.Log).EnumerateFiles("server-*.log").OrderBy(file => file.LastWriteTimeUtc).TakeLast(1)
            .Select(file => file.FullName);
        return string.Join('\n', logs.Append(home.StartLog).Where(File.Exists).SelectMany(path => ReadLines(path).TakeLast(Lines)));
    }

    public static string OfStart(PostgresHome home) =>
        File.Exists(home.StartLog) ? string.Join('\n', ReadLines(home.StartLog)) : string.Empty;

    private static IEnumerable<string> ReadLines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
