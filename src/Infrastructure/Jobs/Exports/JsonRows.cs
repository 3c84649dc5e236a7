using System.Buffers;
using System.Text.Json;
using Npgsql;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

/// <summary>One object per line with camel case names; null columns are omitted.</summary>
internal sealed class JsonRows : IRowWriter
{
    private JsonEncodedText[] _names = [];

    public void WriteHeader(NpgsqlDataReader rows, IBufferWriter<byte> output) => _names =
        [.. Enumerable.Range(0, rows.FieldCount).Select(field => JsonEncodedText.Encode(CamelCase(rows.GetName(field))))];

    public void WriteRow(NpgsqlDataReader rows, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            for (var field = 0; field < _names.Length; field++)
            {
                Write(json, _names[field], rows.GetValue(field));
            }

            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, JsonEncodedText name, object value)
    {
        switch (value)
        {
            case DBNull:
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case string text:
                json.WriteString(name, text);
                break;
            default:
                json.WriteString(name, CsvRows.TextOf(value));
                break;
        }
    }

    private static string CamelCase(string snake)
    {
        var words = snake.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
