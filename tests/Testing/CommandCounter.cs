using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChatPlatform.Testing;

/// <summary>
/// Counts the database commands (a batch counts once) of the async flow that started it, by EF or otherwise. Commands of other flows, such
/// as background workers, do not count.
/// </summary>
public sealed class CommandCounter : IDisposable
{
    private static readonly AsyncLocal<CommandCounter?> Current = new();

    private readonly ConcurrentQueue<string> _commands = new();

    static CommandCounter() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name == "Npgsql",
        Sample = (ref _) => Current.Value is null ? ActivitySamplingResult.None : ActivitySamplingResult.AllDataAndRecorded,
        ActivityStarted = activity => activity.SetCustomProperty(nameof(CommandCounter), Current.Value),
        ActivityStopped = Record,
    });

    private CommandCounter() => Current.Value = this;

    public int Count => _commands.Count;

    /// <summary>The SQL, in order.</summary>
    public IReadOnlyCollection<string> Commands => _commands;

    public static CommandCounter Start() => new();

    public void Dispose() => Current.Value = null;

    public override string ToString() => $"{Count} commands:\n{string.Join("\n---\n", _commands)}";

    private static void Record(Activity activity)
    {
        if (activity.GetCustomProperty(nameof(CommandCounter)) is CommandCounter counter
            && activity.GetTagItem("db.query.text") is string sql)
        {
            counter._commands.Enqueue(sql);
        }
    }
}
