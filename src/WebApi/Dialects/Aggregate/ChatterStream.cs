using System.Runtime.CompilerServices;
using ChatPlatform.Application.Statistics;

namespace ChatPlatform.WebApi.Dialects.Aggregate;

internal static class ChatterStream
{
    /// <summary>
    /// Breaks rows that are sorted by channel into one stream a channel, without holding any. Each inner stream is read to its end
    /// before the next one is asked for, as a serializer does.
    /// </summary>
    public static async IAsyncEnumerable<T> ByChannel<T>(
        this IAsyncEnumerable<ChatterView> rows,
        Func<long, IAsyncEnumerable<ChatterView>, T> channel,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var reader = rows.GetAsyncEnumerator(cancellationToken);
        var more = await reader.MoveNextAsync();
        while (more)
        {
            var id = reader.Current.ChannelId;
            yield return channel(id, One());

            async IAsyncEnumerable<ChatterView> One()
            {
                while (more && reader.Current.ChannelId == id)
                {
                    yield return reader.Current;
                    more = await reader.MoveNextAsync();
                }
            }
        }
    }
}
