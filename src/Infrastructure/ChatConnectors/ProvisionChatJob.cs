using System.Text.Json;
using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using MediatR;

namespace ChatPlatform.Infrastructure.ChatConnectors;

/// <summary>Provisions a chat. Retries until the service succeeds or the chat is closed.</summary>
internal sealed class ProvisionChatJob(IMediator mediator) : IJobRunner
{
    private const int MaxDoublings = 9;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    public bool Handles(JobType type) => type is JobType.ChatProvisioning;

    public async Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.Deserialize<ProvisionChat>(job.Arguments, JsonSerializerOptions.Web)!;
        var provisioned = await mediator.Send(request, cancellationToken);
        if (provisioned.IsSuccess)
        {
            return provisioned;
        }

        var backOff = FirstDelay * Math.Pow(2, Math.Min(job.Attempts - 1, MaxDoublings));
        var retryAfter = provisioned.Error is TooManyError tooMany ? tooMany.RetryAfter : TimeSpan.Zero;
        return new JobPostponed(provisioned.Error.Message, backOff > retryAfter ? backOff : retryAfter);
    }
}
