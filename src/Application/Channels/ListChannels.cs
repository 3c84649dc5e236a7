using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Channels;

/// <summary>Lists channels, by id unless sorted otherwise. All given filters must match (docs/contracts/platform.md#filters).</summary>
/// <param name="Members">Names of users; each must be a member.</param>
/// <param name="StartTime">Inclusive, UTC; compared with the created time.</param>
/// <param name="EndTime">Exclusive, UTC; compared with the created time.</param>
/// <param name="Properties">A JSON object, as text; the channel's properties must contain it.</param>
public sealed record ListChannels(
    PageRequest Page,
    ChannelType? Type = null,
    IReadOnlyList<string>? Members = null,
    DateTime? StartTime = null,
    DateTime? EndTime = null,
    string? Properties = null) : IRequest<Result<Page<ChannelView>>>;

internal sealed class ListChannelsValidator : AbstractValidator<ListChannels>
{
    private const int MaxMembers = 20;

    public ListChannelsValidator()
    {
        RuleFor(r => r.Page).PageOf(ChannelQueries.Sorting);
        RuleFor(r => r.Members).Must(members => members is null || members.Count <= MaxMembers)
            .WithMessage($"must name at most {MaxMembers} users");
        RuleForEach(r => r.Members).RequiredText(TextLimits.Name);
        RuleFor(r => r.EndTime).Must((r, end) => end is null || r.StartTime is null || end >= r.StartTime)
            .WithMessage("must not be before startTime");
        RuleFor(r => r.Properties).PropertiesObject();
    }
}

internal sealed class ListChannelsHandler(IChatDbContext db, ChannelQueries queries)
    : IRequestHandler<ListChannels, Result<Page<ChannelView>>>
{
    public async Task<Result<Page<ChannelView>>> Handle(ListChannels request, CancellationToken cancellationToken)
    {
        IQueryable<Channel> channels = db.Channels;
        if (request.Type is { } type)
        {
            channels = channels.Where(channel => channel.Type == type);
        }

        foreach (var name in request.Members?.Distinct() ?? [])
        {
            channels = channels.Where(channel =>
                channel.Members.Any(member => member.User.Name == name && member.User.DeletedTime == null));
        }

        if (request.StartTime is { } start)
        {
            channels = channels.Where(channel => channel.CreatedTime >= start);
        }

        if (request.EndTime is { } end)
        {
            channels = channels.Where(channel => channel.CreatedTime < end);
        }

        if (request.Properties is { } properties)
        {
            channels = channels.Where(channel => StoreFunctions.JsonContains(channel.Properties, properties));
        }

        return await queries.PageAsync(channels, request.Page, cancellationToken);
    }
}
