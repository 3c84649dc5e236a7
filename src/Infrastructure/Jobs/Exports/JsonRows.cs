using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

/// <summary>One object per line with camel case names; null values are omitted.</summary>
internal static class JsonRows
{
    private const int Enough = 64 * 1024;

    public static async Task WriteAsync(
        PipeWriter output,
        IReadOnlyList<string> columns,
        IAsyncEnumerable<IReadOnlyList<object?>> rows,
        CancellationToken cancellationToken)
    {
        var names = columns.Select(column => JsonEncodedText.Encode(CamelCase(column))).ToList();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            Write(output, names, row);
            if (output.UnflushedBytes >= Enough)
            {
                await output.FlushAsync(cancellationToken);
            }
        }
    }

    private static void Write(PipeWriter output, List<JsonEncodedText> names, IReadOnlyList<object?> row)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var (name, value) in names.Zip(row).Where(field => field.Second is not null))
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value);
            }

            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static string CamelCase(string snake)
    {
        var words = snake.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
