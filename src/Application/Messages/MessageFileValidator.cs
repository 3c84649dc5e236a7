using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;

namespace ChatPlatform.Application.Messages;

internal sealed class MessageFileValidator : AbstractValidator<MessageFile>
{
    public MessageFileValidator()
    {
        RuleFor(f => f.Url).RequiredText(TextLimits.Url);
        RuleFor(f => f.Url).Must(IsWebAddress).When(f => f.Type is FileType.External && f.Url is not null)
            .WithMessage("must be an absolute http or https address");
        RuleFor(f => f.Name).RequiredText(TextLimits.Name);
        RuleFor(f => f.ContentType).RequiredText(TextLimits.Name);
        RuleFor(f => f.Size).GreaterThanOrEqualTo(0).WithMessage("must not be negative");
    }

    private static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
