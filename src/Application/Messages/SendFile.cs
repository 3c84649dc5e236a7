using ChatPlatform.Application.Common;
using ChatPlatform.Application.Files;
using ChatPlatform.Application.Functions;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Files;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Application.Messages;

/// <summary>
/// Sends an upload as a message. Files larger than <see cref="FileLimits.MaxBytes"/> and other types than <see cref="FileLimits.Types"/>
/// are refused. A refused message leaves nothing behind (docs/contracts/platform.md#files).
/// </summary>
/// <param name="Details">The other fields; called after the upload has been read to its end.</param>
public sealed record SendFile(MessageTarget Target, Upload Upload, Func<FileMessageDetails> Details) : IRequest<Result<MessageView>>;

/// <param name="Properties">A JSON object, as text.</param>
public sealed record FileMessageDetails(UserReference? User, string? GroupTag, string? Properties);

internal sealed class SendFileValidator : AbstractValidator<SendFile>
{
    public SendFileValidator() => RuleFor(r => r.Upload).SetValidator(new UploadValidator()).OverridePropertyName("file");
}

internal sealed class SendFileHandler(
    IChatDbContext db, IMediator mediator, FileUploads uploads, FunctionHooks functions, IOptions<FileLimits> limits)
    : IRequestHandler<SendFile, Result<MessageView>>
{
    public async Task<Result<MessageView>> Handle(SendFile request, CancellationToken cancellationToken)
    {
        if (!await SendContextQueries.Find(db, request.Target, sender: null).AnyAsync(cancellationToken))
        {
            return request.Target.ChannelId is null ? MessageErrors.ThreadNotFound : ChannelErrors.NotFound;
        }

        return await uploads.ReceiveAsync<FileMessageDetails, MessageView>(
            request.Upload,
            limits.Value.Files,
            async description =>
            {
                var details = request.Details();
                var decision = await DecideAsync(request, details, description, cancellationToken);
                return decision.IsSuccess ? details with { Properties = decision.Value.Properties } : decision.Error;
            },
            (file, details) =>
            {
                var sent = new MessageFile(FileType.Hosted, file.Path, file.Name, file.ContentType, file.Size);
                return mediator.Send(
                    new SendMessage(request.Target, details.User, null, sent, details.GroupTag, details.Properties) { IsDecided = true },
                    cancellationToken);
            },
            cancellationToken);
    }

    private async Task<Result<MessageChange>> DecideAsync(
        SendFile request, FileMessageDetails details, FileDescription file, CancellationToken cancellationToken)
    {
        var context = details.User is null
            ? null
            : await SendContextQueries.Find(db, request.Target, details.User).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        if (context is not { NeedsDecision: true, User: { } user })
        {
            return new MessageChange(null, details.Properties);
        }

        var draft = new MessageDraft(
            context.ParentId, null, new FileDraft(file.Name, file.ContentType, file.Size), details.GroupTag, details.Properties ?? "{}");
        return await functions.AskAboutMessageAsync(request, context.Channel.Id, user.Id, draft, cancellationToken);
    }
}
