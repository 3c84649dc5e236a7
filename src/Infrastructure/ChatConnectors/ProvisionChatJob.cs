using System.Text.Json;
using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using MediatR;

namespace ChatPlatform.Infrastructure.ChatConnectors;

/// <summary>Has a chat made, however long its service takes to say yes; closing the chat ends the tries.</summary>
internal sealed class ProvisionChatJob(IMediator mediator) : IJobRunner
{
    private const int Doublings = 9;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    public bool Handles(JobType type) => type is JobType.ChatProvisioning;

    public async Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.Deserialize<ProvisionChat>(job.Arguments, JsonSerializerOptions.Web)!;
        var provisioned = await mediator.Send(request, cancellationToken);
        if (provisioned.IsSuccess)
        {
            return provisioned;
        }

        var backOff = FirstWait * Math.Pow(2, Math.Min(job.Attempts - 1, Doublings));
        var asked = provisioned.Error is TooManyError tooMany ? tooMany.RetryAfter : TimeSpan.Zero;
        return new JobPostponed(provisioned.Error.Message, backOff > asked ? backOff : asked);
    }
}
