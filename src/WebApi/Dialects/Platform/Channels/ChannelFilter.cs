using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Channels;

public sealed class ChannelFilter
{
    /// <summary>DIRECT, PUBLIC or PRIVATE.</summary>
    [FromQuery(Name = "type")]
    public string? Type { get; init; }

    /// <summary>Usernames. Lists channels with all these users as members.</summary>
    [FromQuery(Name = "members")]
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>Lists channels created at or after this time; ISO 8601.</summary>
    [FromQuery(Name = "startTime")]
    public string? StartTime { get; init; }

    /// <summary>Lists channels created before this time; ISO 8601.</summary>
    [FromQuery(Name = "endTime")]
    public string? EndTime { get; init; }

    /// <summary>A JSON object that the channel's properties must contain.</summary>
    [FromQuery(Name = "properties")]
    public string? Properties { get; init; }

    internal Result<ListChannels> ToRequest(PageRequest page)
    {
        ChannelType? type = null;
        if (!string.IsNullOrEmpty(Type))
        {
            if (!WireEnum.TryParse<ChannelType>(Type, out var parsed))
            {
                return CommonErrors.Invalid("type", WireEnum.Expected<ChannelType>());
            }

            type = parsed;
        }

        if (!WireTime.TryParse(StartTime, out var start))
        {
            return CommonErrors.Invalid("startTime", WireTime.Expected);
        }

        if (!WireTime.TryParse(EndTime, out var end))
        {
            return CommonErrors.Invalid("endTime", WireTime.Expected);
        }

        return new ListChannels(page, type, Members, start, end, string.IsNullOrEmpty(Properties) ? null : Properties);
    }
}
