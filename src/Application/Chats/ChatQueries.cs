using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Reads any number of complete chats in three statements. Titles and participants are read separately: a join would repeat each
/// participant for each title.
/// </summary>
internal sealed class ChatQueries(IChatDbContext db, IConfigurationProvider mapping)
{
    public async Task<IReadOnlyList<ChatView>> ReadAsync(IQueryable<Chat> chats, CancellationToken cancellationToken)
    {
        var views = await chats.ProjectTo<ChatView>(mapping).ToListAsync(cancellationToken);
        if (views.Count == 0)
        {
            return views;
        }

        var ids = views.Select(chat => chat.Id).ToArray();
        var titles = await db.Chats.Where(chat => ids.Contains(chat.Id)).SelectMany(chat => chat.Titles)
            .OrderBy(title => title.CapturedAt).ThenBy(title => title.Sequence).ThenBy(title => title.Id)
            .ProjectTo<ChatTitleView>(mapping)
            .ToListAsync(cancellationToken);
        var participants = await db.Participants.Where(participant => ids.Contains(participant.ChatId) && participant.Participations.Any())
            .ProjectTo<ParticipantView>(mapping)
            .ToListAsync(cancellationToken);

        var titlesOf = titles.ToLookup(title => title.ChatId);
        var participantsOf = participants.ToLookup(participant => participant.ChatId);
        return [.. views.Select(chat => chat with
        {
            Titles = [.. titlesOf[chat.Id]],
            Participants = [.. participantsOf[chat.Id].OrderBy(p => p.Participations[0].JoinedAt).ThenBy(p => p.Id)],
        })];
    }
}
