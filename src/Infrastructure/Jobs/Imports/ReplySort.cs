namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>The messages of a batch in their order, each after the one that it answers where that is in the batch too.</summary>
internal static class ReplySort
{
    public static IEnumerable<ImportItem<MessageItem>> Of(IReadOnlyList<ImportItem<MessageItem>> items)
    {
        var byKey = new Dictionary<string, ImportItem<MessageItem>>(items.Count);
        foreach (var item in items)
        {
            if (item is { Key: not null, Value: not null })
            {
                byKey.TryAdd(item.Key, item);
            }
        }

        var seen = new HashSet<long>(items.Count);
        var chain = new Stack<ImportItem<MessageItem>>();
        foreach (var item in items)
        {
            // A message has one parent at most, so the way up is a line; it ends where it meets itself.
            for (var up = item; up?.Value is not null && seen.Add(up.Index); up = ParentOf(up))
            {
                chain.Push(up);
            }

            while (chain.TryPop(out var next))
            {
                yield return next;
            }
        }

        ImportItem<MessageItem>? ParentOf(ImportItem<MessageItem> reply) =>
            reply.Value!.ReplyTo is { } key ? byKey.GetValueOrDefault(key) : null;
    }
}
