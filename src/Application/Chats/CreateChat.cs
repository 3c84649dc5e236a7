using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Registers a chat; its service creates it in the background. Returns the id, by which it can be read at once
/// (docs/contracts/chats.md#create-a-chat).
/// </summary>
/// <param name="Service">Null for <see cref="IChatConnector.Internal"/>.</param>
/// <param name="ExternalId">The service's id of an existing conversation, for services that cannot create one.</param>
public sealed record CreateChat(
    string? Title, string? CreatedBy = null, string? Description = null, string? Service = null, string? ExternalId = null)
    : IRequest<Result<Guid>>;

internal sealed class CreateChatValidator : AbstractValidator<CreateChat>
{
    public CreateChatValidator()
    {
        RuleFor(r => r.Title).RequiredText(Chat.MaxTitle);
        RuleFor(r => r.CreatedBy).OptionalText(Chat.MaxCreatedBy);
        RuleFor(r => r.Description).OptionalText(Chat.MaxDescription);
        RuleFor(r => r.Service).OptionalText(Chat.MaxService);
        RuleFor(r => r.ExternalId).RequiredText(Chat.MaxExternalId).When(r => r.ExternalId is not null);
    }
}

internal sealed class CreateChatHandler(
    IChatDbContext db, ICurrentApplication application, IEnumerable<IChatConnector> connectors, IJobSignal jobs, TimeProvider clock)
    : IRequestHandler<CreateChat, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(CreateChat request, CancellationToken cancellationToken)
    {
        var name = request.Service ?? IChatConnector.Internal;
        var available = await connectors.AvailableForAsync(application.Id, cancellationToken);
        if (available.Named(name) is not { } connector)
        {
            return ChatErrors.UnknownService(name, available.Select(s => s.Name).Order(StringComparer.Ordinal));
        }

        if (connector.Validate(request) is { } invalid)
        {
            return invalid;
        }

        if (request.ExternalId is not null && await db.Chats.AnyAsync(
            c => c.Service == name && c.ExternalId == request.ExternalId && c.State != ChatState.Closed, cancellationToken))
        {
            return ChatErrors.ExternalIdTaken;
        }

        var now = clock.UtcNow();
        var chat = Chat.Register(
            application.Id, connector.Name, request.ExternalId, request.Title!, request.CreatedBy, request.Description, now);
        db.Chats.Add(chat);
        db.Jobs.Add(Job.Create(
            application.Id, JobType.ChatProvisioning, now,
            JsonSerializer.Serialize(new ProvisionChat(chat.Id), JsonSerializerOptions.Web)));
        await db.SaveChangesAsync(cancellationToken);
        jobs.Wake();
        return chat.Id;
    }
}
