using FluentValidation;

namespace ChatPlatform.Application.Statistics;

/// <summary>Paging by key: what lies after an id, at most so many rows; without a limit all of them, streamed.</summary>
internal interface IKeyPaged
{
    long After { get; }

    int? Limit { get; }
}

/// <summary>The days of two moments, and all between.</summary>
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
        validator.RuleFor(request => request.End).GreaterThanOrEqualTo(request => request.Start).WithMessage("must not lie before the start");

    public static void HasPeriod<T>(this AbstractValidator<T> validator, Func<T, Period?> period) =>
        validator.RuleFor(request => period(request))
            .Must(p => p!.End is null || p.End >= p.Start).WithName("period").WithMessage("must not end before it starts")
            .When(request => period(request) is not null);
}

/// <summary>A period as asked for.</summary>
/// <param name="Start">UTC, inclusive.</param>
/// <param name="End">UTC, exclusive; null means until now, the current second included.</param>
public sealed record Period(DateTime Start, DateTime? End)
{
    internal Interval Until(DateTime now)
    {
        var end = End ?? now.AddTicks(TimeSpan.TicksPerSecond - (now.Ticks % TimeSpan.TicksPerSecond));
        return new Interval(Start, end < Start ? Start : end);
    }
}
