using ChatPlatform.Infrastructure.Csv;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Hosting;

/// <summary>A table as CSV, written while its rows are read.</summary>
internal sealed class CsvResult(IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyList<object?>> rows) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        return CsvTable.WriteAsync(response.Body, columns, rows, context.HttpContext.RequestAborted);
    }
}
