namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>How items of one type go in.</summary>
internal interface IItemImporter<T>
    where T : class
{
    /// <summary>Reads an item's fields; what is wrong is noted there.</summary>
    T Read(ItemFields fields);

    /// <summary>Whether the item may have to be set aside, as it stands in the file.</summary>
    bool CanBeDeferred(T item) => false;

    /// <summary>Decides what becomes of each item that has a value, and makes the rows; they are written by the caller.</summary>
    Task ImportAsync(ImportContext context, ImportBatch<T> batch, BatchRows rows, CancellationToken cancellationToken);
}
