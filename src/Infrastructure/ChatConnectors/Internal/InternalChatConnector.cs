using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.ChatConnectors.Internal;

/// <summary>Chats that exist only as channels of this server.</summary>
internal sealed class InternalChatConnector : IChatConnector
{
    private const int CodeBytes = 16;

    public string Name => IChatConnector.Internal;

    public bool CanAddParticipants => true;

    public ValueTask<bool> IsAvailableForAsync(long applicationId, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public Error? Validate(CreateChat request) => request.ExternalId is null
        ? null
        : new ValidationError("chat.no_external_id", "externalId", $"must not be set for the service '{Name}'");

    public string GenerateLink(Chat chat) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ChatInvitation.Path}{chat.ApplicationId}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes))}");

    public Task<Result<ProvisionedChat>> ProvisionAsync(Chat chat, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ProvisionedChat>>(new ProvisionedChat(GenerateLink(chat)));
}
