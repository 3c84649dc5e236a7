using ChatPlatform.Application.Jobs;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>Several calls of <see cref="Wake"/> before a wait count as one.</summary>
internal sealed class JobSignal : IJobSignal, IDisposable
{
    private readonly SemaphoreSlim _wakes = new(0, 1);

    public void Wake()
    {
        try
        {
            _wakes.Release();
        }
        catch (SemaphoreFullException)
        {
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _wakes.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _wakes.Dispose();
}
