using System.Buffers;
using System.Globalization;
using System.Text;
using Npgsql;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

/// <summary>RFC 4180. Text that a spreadsheet would run as a formula is prefixed with an apostrophe.</summary>
internal sealed class CsvRows : IRowWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r");

    public void WriteHeader(NpgsqlDataReader rows, IBufferWriter<byte> output) =>
        WriteLine(Enumerable.Range(0, rows.FieldCount).Select(rows.GetName), output);

    public void WriteRow(NpgsqlDataReader rows, IBufferWriter<byte> output) =>
        WriteLine(Enumerable.Range(0, rows.FieldCount).Select(field => TextOf(rows.GetValue(field))), output);

    internal static string TextOf(object value) => value switch
    {
        DBNull => "",
        string text => Quoted(text.Length > 0 && FormulaStarts.Contains(text[0]) ? $"'{text}" : text),
        bool flag => flag ? "true" : "false",
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"Unsupported column type {value.GetType()}."),
    };

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static void WriteLine(IEnumerable<string> fields, IBufferWriter<byte> output) =>
        Encoding.UTF8.GetBytes(string.Join(',', fields) + "\r\n", output);
}
