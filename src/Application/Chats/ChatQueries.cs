using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Reads chats whole in three statements, however many: titles and participants are read beside the chats, since joined to them each
/// title would repeat each participant.
/// </summary>
internal sealed class ChatQueries(IChatDbContext db, IConfigurationProvider mapping)
{
    public async Task<IReadOnlyList<ChatView>> ReadAsync(IQueryable<Chat> chats, CancellationToken cancellationToken)
    {
        var heads = await chats.ProjectTo<ChatView>(mapping).ToListAsync(cancellationToken);
        if (heads.Count == 0)
        {
            return heads;
        }

        var ids = heads.Select(chat => chat.Id).ToArray();
        var titles = await db.Chats.Where(chat => ids.Contains(chat.Id)).SelectMany(chat => chat.Titles)
            .OrderBy(title => title.CapturedAt).ThenBy(title => title.Id)
            .ProjectTo<ChatTitleView>(mapping)
            .ToListAsync(cancellationToken);
        var participants = await db.Participants.Where(participant => ids.Contains(participant.ChatId) && participant.Participations.Any())
            .ProjectTo<ParticipantView>(mapping)
            .ToListAsync(cancellationToken);

        var titlesOf = titles.ToLookup(title => title.ChatId);
        var participantsOf = participants.ToLookup(participant => participant.ChatId);
        return [.. heads.Select(chat => chat with
        {
            Titles = [.. titlesOf[chat.Id]],
            Participants = [.. participantsOf[chat.Id].OrderBy(p => p.Participations[0].JoinedAt).ThenBy(p => p.Id)],
        })];
    }
}
