using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Application.Chats;

public sealed record GetChat(Guid Id) : IRequest<Result<ChatView>>;

internal sealed class GetChatHandler(IChatDbContext db, ChatQueries queries) : IRequestHandler<GetChat, Result<ChatView>>
{
    public async Task<Result<ChatView>> Handle(GetChat request, CancellationToken cancellationToken)
    {
        var found = await queries.ReadAsync(db.Chats.Where(chat => chat.Id == request.Id), cancellationToken);
        return found.Count == 0 ? ChatErrors.NotFound : found[0];
    }
}
