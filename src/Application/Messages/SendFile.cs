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
/// Sends an upload as a message (platform contract, 1.3, operations 20 and 53). A file of more than <see cref="FileLimits.MaxBytes"/> or
/// of a type that is not taken is refused; of a message that is refused nothing stays.
/// </summary>
/// <param name="Details">What was said with it; asked for once the upload was read to its end.</param>
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
            async described =>
            {
                var details = request.Details();
                var decided = await DecideAsync(request, details, described, cancellationToken);
                return decided.IsSuccess ? details with { Properties = decided.Value.Properties } : decided.Error;
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
        var found = details.User is null
            ? null
            : await SendContextQueries.Find(db, request.Target, details.User).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        if (found is not { IsAskedAbout: true, User: { } user })
        {
            return new MessageChange(null, details.Properties);
        }

        var draft = new MessageDraft(
            found.ParentId, null, new FileDraft(file.Name, file.ContentType, file.Size), details.GroupTag, details.Properties ?? "{}");
        return await functions.AskAboutMessageAsync(request, found.Channel.Id, user.Id, draft, cancellationToken);
    }
}
