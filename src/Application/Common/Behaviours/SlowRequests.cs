using MediatR;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Application.Common.Behaviours;

/// <summary>Logs the name of each use case that took longer than a second, never its content.</summary>
internal sealed class SlowRequests<TRequest, TResponse>(TimeProvider clock, ILogger<SlowRequests<TRequest, TResponse>> log)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var start = clock.GetTimestamp();
        var response = await next();
        var elapsed = clock.GetElapsedTime(start);
        if (elapsed > Limit)
        {
            log.LogWarning("{Request} took {Milliseconds:F0} ms", typeof(TRequest).Name, elapsed.TotalMilliseconds);
        }

        return response;
    }
}
