using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.ChatServices.Internal;

/// <summary>Keeps chats on this server: the channel is all there is of them.</summary>
internal sealed class InternalChatService : IChatService
{
    private const int CodeBytes = 16;

    public string Name => IChatService.Internal;

    public bool AdmitsFromHere => true;

    public ValueTask<bool> ServesAsync(long applicationId, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public Error? Refuse(CreateChat request) => request.ExternalId is null
        ? null
        : new ValidationError("chat.no_external_id", "externalId", $"means nothing to the service '{Name}'");

    public string DrawLink(Chat chat) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ChatInvitation.Path}{chat.ApplicationId}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes))}");

    public Task<Result<MadeChat>> MakeAsync(Chat chat, CancellationToken cancellationToken) =>
        Task.FromResult<Result<MadeChat>>(new MadeChat(DrawLink(chat)));
}
