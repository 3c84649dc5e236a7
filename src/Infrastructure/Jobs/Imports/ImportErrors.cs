using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Why an import failed as a whole.</summary>
internal static class ImportErrors
{
    public static readonly Error FileGone = new NotFoundError("import.file_gone", "The uploaded file is not there any more.");

    public static Error Unreadable(string reason) => new ValidationError("import.unreadable", "file", reason);

    public static Error NothingImported(long bad) =>
        new ValidationError("import.not_atomic", $"{bad} of the items are bad, so nothing was imported.");
}
