using FluentValidation;

namespace ChatPlatform.Application.Statistics;

/// <summary>A page of rows after an id, up to a limit of 1 to 1000 rows; null for all rows as a stream.</summary>
internal interface IKeyPaged
{
    long After { get; }

    int? Limit { get; }
}

/// <summary>The local dates of two times (UTC) and all dates between them. The zone is an IANA name; null for UTC.</summary>
internal interface IDayPeriod
{
    DateTime Start { get; }

    DateTime End { get; }
}

internal static class StatisticsRules
{
    public const int MaxLimit = 1_000;

    public static void PagedByKey<T>(this AbstractValidator<T> validator)
        where T : IKeyPaged
    {
        validator.RuleFor(request => request.After).GreaterThanOrEqualTo(0).WithMessage("must not be negative");
        validator.RuleFor(request => request.Limit).InclusiveBetween(1, MaxLimit).WithMessage($"must be between 1 and {MaxLimit}");
    }

    public static void HasDays<T>(this AbstractValidator<T> validator)
        where T : IDayPeriod =>
        validator.RuleFor(request => request.End)
            .GreaterThanOrEqualTo(request => request.Start).WithMessage("must not be before the start")
            .Must((request, end) => !ReportPeriod.IsTooLong(request.Start, end)).WithMessage(ReportPeriod.Rule);

    public static void HasPeriod<T>(this AbstractValidator<T> validator, Func<T, Period?> period) =>
        validator.RuleFor(request => period(request))
            .Must(p => p!.End is null || p.End >= p.Start).WithName("period").WithMessage("must not end before it starts")
            .When(request => period(request) is not null);
}

/// <summary>The bound of reports by day, whose responses have a row for each day, also for days without messages.</summary>
public static class ReportPeriod
{
    public const string Rule = "must be at most 10 years after the start";

    private const int MaxYears = 10;

    public static bool IsTooLong(DateTime start, DateTime end) =>
        start.Year <= DateTime.MaxValue.Year - MaxYears && end > start.AddYears(MaxYears);
}

/// <param name="Start">UTC, inclusive.</param>
/// <param name="End">UTC, exclusive; null for the end of the current second.</param>
public sealed record Period(DateTime Start, DateTime? End)
{
    internal Interval Until(DateTime now)
    {
        var end = End ?? now.AddTicks(TimeSpan.TicksPerSecond - (now.Ticks % TimeSpan.TicksPerSecond));
        return new Interval(Start, end < Start ? Start : end);
    }
}
