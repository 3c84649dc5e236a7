namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Yields the messages of a batch in order, but each after its parent if the batch holds it.</summary>
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
            // Each message has at most one parent, so the ancestors form a chain; it ends at a message seen before.
            for (var ancestor = item; ancestor?.Value is not null && seen.Add(ancestor.Index); ancestor = ParentOf(ancestor))
            {
                chain.Push(ancestor);
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
