namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Items that are written in one transaction, and what becomes of each.</summary>
/// <param name="Processed">Items of the file that this batch takes the job forward by; 0 for items that had been set aside.</param>
/// <param name="BytesRead">Of the file, up to the batch's end.</param>
internal sealed record ImportBatch<T>(IReadOnlyList<ImportItem<T>> Items, long Processed, long BytesRead)
    where T : class
{
    private readonly List<(ImportItem<T> Item, string Reason)> _failed = [];
    private readonly List<(ImportItem<T> Item, string ReplyTo)> _deferred = [];
    private readonly List<ImportItem<T>> _changed = [];

    /// <summary>Whether what an item waits for can still come; else waiting is failing.</summary>
    public bool AllowsDeferral { get; init; } = true;

    public long Succeeded { get; private set; }

    /// <summary>Items that had gone in before.</summary>
    public long Skipped { get; private set; }

    public IReadOnlyList<(ImportItem<T> Item, string Reason)> Failed => _failed;

    /// <summary>Skipped items that are not what their key went in with; reported, and no failures.</summary>
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

    /// <summary>Forgets what became of the items, to do it all again.</summary>
    public void Reset()
    {
        (Succeeded, Skipped) = (0, 0);
        _failed.Clear();
        _deferred.Clear();
        _changed.Clear();
    }
}
