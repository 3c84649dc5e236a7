using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>
/// Loads channels in a fixed number of statements per list. The newest message of each channel is one index look-up; a join would make
/// the database number every message of every channel.
/// </summary>
internal sealed class ChannelQueries(IChatDbContext db, MessageQueries lastMessages, IConfigurationProvider mapping)
{
    public async Task<Result<ChannelView>> GetAsync(long id, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.Where(channel => channel.Id == id).ProjectTo<ChannelView>(mapping)
            .FirstOrDefaultAsync(cancellationToken);
        return channel is null ? ChannelErrors.NotFound : (await CompleteAsync([channel], cancellationToken))[0];
    }

    public async Task<IReadOnlyList<ChannelView>> ListAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        await CompleteAsync(
            await db.Channels.Where(channel => ids.Contains(channel.Id)).ProjectTo<ChannelView>(mapping).ToListAsync(cancellationToken),
            cancellationToken);

    public async Task<Page<ChannelView>> PageAsync(IQueryable<Channel> channels, PageRequest request, CancellationToken cancellationToken)
    {
        var page = await Sorting.Apply(channels, request.Sort).ProjectTo<ChannelView>(mapping).ToPageAsync(request, cancellationToken);
        return page with { Items = await CompleteAsync(page.Items, cancellationToken) };
    }

    public static readonly Sorting<Channel> Sorting = new Sorting<Channel>("id", channel => channel.Id)
        .By("type", channel => channel.Type)
        .By("name", channel => channel.Name)
        .By("displayName", channel => channel.DisplayName)
        .By("createdTime", channel => channel.CreatedTime);

    private async Task<IReadOnlyList<ChannelView>> CompleteAsync(IReadOnlyList<ChannelView> channels, CancellationToken cancellationToken)
    {
        var messageIds = channels.Select(channel => channel.LastMessageId).OfType<long>().ToArray();
        var messages = (await lastMessages.ListAsync(messageIds, cancellationToken)).ToDictionary(message => message.Id);

        var directIds = channels.Where(channel => channel.Type is ChannelType.Direct).Select(channel => channel.Id).ToArray();
        var members = directIds.Length == 0
            ? Array.Empty<(long ChannelId, UserView User)>().ToLookup(member => member.ChannelId, member => member.User)
            : await MembersAsync(directIds, cancellationToken);

        return [.. channels.Select(channel => channel with
        {
            LastReceivedMessage = channel.LastMessageId is { } id ? messages.GetValueOrDefault(id) : null,
            Members = channel.Type is ChannelType.Direct ? [.. members[channel.Id]] : null,
        })];
    }

    private async Task<ILookup<long, UserView>> MembersAsync(long[] channelIds, CancellationToken cancellationToken)
    {
        var pairs = await db.ChannelMembers.Where(member => channelIds.Contains(member.ChannelId))
            .OrderBy(member => member.ChannelId).ThenBy(member => member.UserId)
            .Select(member => new { member.ChannelId, member.UserId })
            .ToListAsync(cancellationToken);
        var userIds = pairs.Select(pair => pair.UserId).Distinct().ToArray();
        var users = await db.Users.Where(user => userIds.Contains(user.Id)).ProjectTo<UserView>(mapping)
            .ToDictionaryAsync(user => user.Id, cancellationToken);
        return pairs.ToLookup(pair => pair.ChannelId, pair => users[pair.UserId]);
    }
}
