namespace ChatPlatform.Domain.Common;

/// <summary>
/// The bounds of times that imports and external services give: from 1970 to one minute ahead, since clocks differ. A message dated
/// further ahead would hide later ones, and the statistics cannot count the ends of the calendar.
/// </summary>
public static class ExternalTime
{
    public const string Rule = "must be between 1970 and one minute from now";

    /// <param name="time">UTC.</param>
    public static bool IsPlausible(DateTime time, DateTime now) => time >= DateTime.UnixEpoch && time <= now.AddMinutes(1);

    /// <summary>For services whose messages must not be lost: times ahead become now, and times before 1970 become its beginning.</summary>
    public static DateTime FromUnixSeconds(long seconds, DateTime now)
    {
        var latest = (long)(now.AddMinutes(1) - DateTime.UnixEpoch).TotalSeconds;
        return seconds > latest ? now : DateTime.UnixEpoch.AddSeconds(Math.Max(seconds, 0));
    }
}
