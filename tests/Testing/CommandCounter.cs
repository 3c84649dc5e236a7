using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChatPlatform.Testing;

/// <summary>
/// Counts the commands (a batch is one) that the flow which started it sends to the database, by EF or otherwise. What other flows
/// send, background workers for one, is not counted.
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

    /// <summary>The SQL sent so far, in order.</summary>
    public IReadOnlyCollection<string> Commands => _commands;

    public static CommandCounter Start() => new();

    public void Dispose() => Current.Value = null;

    /// <summary>For the message of an assertion.</summary>
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
