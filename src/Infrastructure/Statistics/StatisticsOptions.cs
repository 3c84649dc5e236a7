namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>How this server tends the statistics (configuration section <c>Statistics</c>). Figures are exact whatever is set here.</summary>
public sealed class StatisticsOptions
{
    /// <summary>Pause between two looks at the event log.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long events stay in the log after they were written; longer where a follower has not read them.</summary>
    public TimeSpan EventRetention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Time between two recounts of everything by which the server checks itself; zero for none.</summary>
    public TimeSpan SelfCheck { get; set; } = TimeSpan.FromDays(1);
}
