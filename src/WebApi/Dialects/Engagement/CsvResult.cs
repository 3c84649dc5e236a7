using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

/// <summary>Streams a table as CSV (RFC 4180, UTF-8, CRLF), row by row.</summary>
internal sealed class CsvResult(IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<object?>> rows) : IActionResult
{
    private const int FlushAt = 16 * 1024;

    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var cancellationToken = context.HttpContext.RequestAborted;
        response.ContentType = "text/csv; charset=utf-8";
        var text = new StringBuilder();
        Append(text, header);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            Append(text, row);
            if (text.Length >= FlushAt)
            {
                await response.WriteAsync(text.ToString(), cancellationToken);
                text.Clear();
            }
        }

        await response.WriteAsync(text.ToString(), cancellationToken);
    }

    private static void Append(StringBuilder text, IReadOnlyList<object?> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = Convert.ToString(cells[i], CultureInfo.InvariantCulture) ?? "";
            text.Append(i == 0 ? "" : ",")
                .Append(cell.AsSpan().ContainsAny(Special) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
        }

        text.Append("\r\n");
    }
}
