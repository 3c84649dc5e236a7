namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Configuration section <c>Statistics</c>. Reports are exact with any values.</summary>
public sealed class StatisticsOptions
{
    /// <summary>Time between two reads of the event log.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Minimum age of events that are deleted from the log. Events that a follower has not read stay.</summary>
    public TimeSpan EventRetention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Time between two comparisons of all statistics with a recount; zero for none.</summary>
    public TimeSpan SelfCheck { get; set; } = TimeSpan.FromDays(1);
}
