using System.Runtime.CompilerServices;
using ChatPlatform.Application.Statistics;

namespace ChatPlatform.WebApi.Dialects.Aggregate;

internal static class ChatterStream
{
    /// <summary>
    /// Splits rows sorted by channel into one stream per channel, without buffering. Each inner stream must be read to its end before
    /// the next one, as a serializer does.
    /// </summary>
    public static async IAsyncEnumerable<T> ByChannel<T>(
        this IAsyncEnumerable<ChatterView> rows,
        Func<long, IAsyncEnumerable<ChatterView>, T> channel,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var reader = rows.GetAsyncEnumerator(cancellationToken);
        var hasMore = await reader.MoveNextAsync();
        while (hasMore)
        {
            var id = reader.Current.ChannelId;
            yield return channel(id, RowsOfChannel());

            async IAsyncEnumerable<ChatterView> RowsOfChannel()
            {
                while (hasMore && reader.Current.ChannelId == id)
                {
                    yield return reader.Current;
                    hasMore = await reader.MoveNextAsync();
                }
            }
        }
    }
}
