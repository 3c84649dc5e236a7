namespace ChatPlatform.Application.Statistics;

/// <summary>A half-open range of time (UTC): from inclusive, to exclusive.</summary>
public readonly record struct Interval(DateTime From, DateTime To);

/// <summary>An interval of a data point, such as a day of a report. A data point may have several intervals.</summary>
public readonly record struct PointInterval(int Point, Interval Interval);
