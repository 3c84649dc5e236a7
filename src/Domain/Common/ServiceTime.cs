namespace ChatPlatform.Domain.Common;

/// <summary>When something happened on a service. Services tell time in seconds, so much happens at the same time.</summary>
/// <param name="At">By the service's clock (UTC).</param>
/// <param name="Sequence">Orders what happened at the same time; 0 if the service has no order.</param>
public readonly record struct ServiceTime(DateTime At, long Sequence = 0) : IComparable<ServiceTime>
{
    public static bool operator <(ServiceTime left, ServiceTime right) => left.CompareTo(right) < 0;

    public static bool operator >(ServiceTime left, ServiceTime right) => left.CompareTo(right) > 0;

    public static bool operator <=(ServiceTime left, ServiceTime right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ServiceTime left, ServiceTime right) => left.CompareTo(right) >= 0;

    public int CompareTo(ServiceTime other) => (At, Sequence).CompareTo((other.At, other.Sequence));
}
