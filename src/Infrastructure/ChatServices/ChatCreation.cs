using System.Text.Json;
using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using MediatR;

namespace ChatPlatform.Infrastructure.ChatServices;

/// <summary>Has a chat made, however long its service takes to say yes; closing the chat ends the tries.</summary>
internal sealed class ChatCreation(IMediator mediator) : IJobRunner
{
    private const int Doublings = 9;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    public bool Runs(JobType type) => type is JobType.ChatCreation;

    public async Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.Deserialize<MakeChat>(job.Arguments, JsonSerializerOptions.Web)!;
        var made = await mediator.Send(request, cancellationToken);
        if (made.IsSuccess)
        {
            return made;
        }

        var backOff = FirstWait * Math.Pow(2, Math.Min(job.Attempts - 1, Doublings));
        var asked = made.Error is TooManyError tooMany ? tooMany.RetryAfter : TimeSpan.Zero;
        return new JobPostponed(made.Error.Message, backOff > asked ? backOff : asked);
    }
}
