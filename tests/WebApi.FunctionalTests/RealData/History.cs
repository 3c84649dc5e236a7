using System.IO.Compression;
using System.Text.Json;

namespace ChatPlatform.WebApi.FunctionalTests.RealData;

/// <summary>A message of the files; times are UTC.</summary>
internal sealed record HistoryMessage(
    string IdempotencyKey, string Channel, string User, string Body, DateTime CreatedTime, string? ReplyTo);

internal sealed record HistoryUser(string Name, bool IsGuest);

internal sealed record HistoryChannel(string Name, IReadOnlyList<string> Members);

/// <summary>The contents of the files, which the responses of the server must match.</summary>
internal sealed class History
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private History(string folder)
    {
        Folder = folder;
        Users = Read<HistoryUser>("users");
        Channels = Read<HistoryChannel>("channels");
        Messages = Read<HistoryMessage>("messages");
    }

    public string Folder { get; }

    public IReadOnlyList<HistoryUser> Users { get; }

    public IReadOnlyList<HistoryChannel> Channels { get; }

    public IReadOnlyList<HistoryMessage> Messages { get; }

    public static History Load(string name) => new(Path.Combine(RequiresRealDataAttribute.Folder!, name));

    /// <summary>The file of users, channels or messages, plain or gzip.</summary>
    public string FileOf(string name) => Directory.EnumerateFiles(Folder, $"{name}.json*").Single();

    public int CountReplies() => Messages.Count(message => message.ReplyTo is not null);

    public int CountBetween(string channel, DateTime from, DateTime to) =>
        Messages.Count(message => message.Channel == channel && message.CreatedTime >= from && message.CreatedTime < to);

    public IReadOnlyDictionary<string, int> CountByUser(Func<HistoryMessage, bool> filter) =>
        Messages.Where(filter).CountBy(message => message.User).ToDictionary();

    private List<T> Read<T>(string what)
    {
        using var file = File.OpenRead(FileOf(what));
        using Stream stream = file.Name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        return JsonSerializer.Deserialize<List<T>>(stream, Json)!;
    }
}
