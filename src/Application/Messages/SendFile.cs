using ChatPlatform.Application.Common;
using ChatPlatform.Application.Files;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
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
/// <param name="Note">What was said with it; asked for once the upload was read to its end.</param>
public sealed record SendFile(MessageTarget Target, Upload Upload, Func<FileNote> Note) : IRequest<Result<MessageView>>;

/// <param name="Properties">A JSON object, as text.</param>
public sealed record FileNote(UserReference? User, string? GroupTag, string? Properties);

internal sealed class SendFileValidator : AbstractValidator<SendFile>
{
    public SendFileValidator() => RuleFor(r => r.Upload).SetValidator(new UploadValidator()).OverridePropertyName("file");
}

internal sealed class SendFileHandler(IChatDbContext db, IMediator mediator, FileIntake intake, IOptions<FileLimits> limits)
    : IRequestHandler<SendFile, Result<MessageView>>
{
    public async Task<Result<MessageView>> Handle(SendFile request, CancellationToken cancellationToken)
    {
        if (!await MessagePlaces.Read(db, request.Target, sender: null).AnyAsync(cancellationToken))
        {
            return request.Target.ChannelId is null ? MessageErrors.ThreadNotFound : ChannelErrors.NotFound;
        }

        return await intake.TakeAsync(
            request.Upload,
            limits.Value.Files,
            file =>
            {
                var note = request.Note();
                var sent = new MessageFile(FileType.Hosted, file.Path, file.Name, file.ContentType, file.Size);
                return mediator.Send(
                    new SendMessage(request.Target, note.User, null, sent, note.GroupTag, note.Properties), cancellationToken);
            },
            cancellationToken);
    }
}
