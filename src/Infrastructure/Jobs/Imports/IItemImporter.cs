namespace ChatPlatform.Infrastructure.Jobs.Imports;

internal interface IItemImporter<T>
    where T : class
{
    /// <summary>Reads an item's fields; errors are collected in <paramref name="fields"/>.</summary>
    T Read(ItemFields fields);

    /// <summary>Whether the item may have to wait for a later one; its text is kept then.</summary>
    bool CanBeDeferred(T item) => false;

    /// <summary>Decides the outcome of each valid item and adds the rows, which the caller writes.</summary>
    Task ImportAsync(ImportContext context, ImportBatch<T> batch, BatchRows rows, CancellationToken cancellationToken);
}
