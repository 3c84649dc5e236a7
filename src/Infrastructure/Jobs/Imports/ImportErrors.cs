using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Errors that fail a whole import.</summary>
internal static class ImportErrors
{
    public static readonly Error FileGone = new NotFoundError("import.file_gone", "The uploaded file no longer exists.");

    public static Error Unreadable(string reason) => new ValidationError("import.unreadable", "file", reason);

    public static Error NothingImported(long bad) =>
        new ValidationError("import.not_atomic", $"{bad} items are invalid; nothing was imported.");
}
