namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Items written in one transaction, with their outcomes.</summary>
/// <param name="Processed">Items of the file that this batch adds to the job's progress; 0 for deferred items.</param>
/// <param name="BytesRead">Bytes of the file up to the end of the batch.</param>
internal sealed record ImportBatch<T>(IReadOnlyList<ImportItem<T>> Items, long Processed, long BytesRead)
    where T : class
{
    private readonly List<(ImportItem<T> Item, string Reason)> _failed = [];
    private readonly List<(ImportItem<T> Item, string ReplyTo)> _deferred = [];
    private readonly List<ImportItem<T>> _changed = [];

    /// <summary>Whether missing parents can still follow; otherwise their replies fail.</summary>
    public bool AllowsDeferral { get; init; } = true;

    public long Succeeded { get; private set; }

    /// <summary>Items imported before.</summary>
    public long Skipped { get; private set; }

    public IReadOnlyList<(ImportItem<T> Item, string Reason)> Failed => _failed;

    /// <summary>Skipped items whose content differs from what was imported; reported, but not failed.</summary>
    public IReadOnlyList<ImportItem<T>> Changed => _changed;

    public IReadOnlyList<(ImportItem<T> Item, string ReplyTo)> Deferred => _deferred;

    public IEnumerable<string> Keys => Items.Select(item => item.Key).OfType<string>();

    public void Succeed() => Succeeded++;

    public void Skip() => Skipped++;

    public void Skip(ImportItem<T> item, ImportedKey known)
    {
        Skipped++;
        if (known.Content is { } content && content != item.Content)
        {
            _changed.Add(item);
        }
    }

    public void Fail(ImportItem<T> item, string reason) => _failed.Add((item, reason));

    public void Defer(ImportItem<T> item, string replyTo) => _deferred.Add((item, replyTo));

    /// <summary>Clears the outcomes before another try.</summary>
    public void Reset()
    {
        (Succeeded, Skipped) = (0, 0);
        _failed.Clear();
        _deferred.Clear();
        _changed.Clear();
    }
}
