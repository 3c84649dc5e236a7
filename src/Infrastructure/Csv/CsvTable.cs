using CsvHelper;

namespace ChatPlatform.Infrastructure.Csv;

/// <summary>
/// All CSV that the server writes: RFC 4180, UTF-8 without a byte order mark, CRLF. Text that a spreadsheet would run as a formula
/// (<c>= + - @</c>, also full-width, tab, CR or LF in front) gets an apostrophe; numbers stay numbers.
/// </summary>
public static class CsvTable
{
    // CsvHelper escapes the others. Spreadsheets drop the line feed, and East Asian ones read full-width signs as ASCII.
    private const string MoreFormulaSigns = "\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static readonly CsvWriterOptions Options = new()
    {
        Injection = CsvInjection.Escape,
        TrueValue = "true",
        FalseValue = "false",
        BufferSize = 16 * 1024,
    };

    /// <summary>Writes row by row; memory does not grow with the table.</summary>
    /// <param name="output">Stays open.</param>
    /// <param name="rows">Each with a value per column. A row may be reused for the next one.</param>
    public static async Task WriteAsync(
        Stream output, IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken)
    {
        // Not disposed when a row fails: that would send the buffered rows as if the table ended there.
        var csv = CsvWriter.Create(output, Options, leaveOpen: true);
        csv.WriteHeader([.. columns]);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            foreach (var cell in row)
            {
                csv.WriteField(cell is string { Length: > 0 } text && MoreFormulaSigns.Contains(text[0]) ? $"'{text}" : cell);
            }

            await csv.EndRecordAsync(cancellationToken);
        }

        await csv.DisposeAsync();
    }
}
