using System.Buffers;
using ChatPlatform.Application.Jobs;
using Npgsql;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

/// <summary>Writes the rows of a query in a format, one after another.</summary>
internal interface IRowWriter
{
    void WriteHeader(NpgsqlDataReader rows, IBufferWriter<byte> output);

    void WriteRow(NpgsqlDataReader rows, IBufferWriter<byte> output);

    static IRowWriter Of(ExportFormat format) => format is ExportFormat.Csv ? new CsvRows() : new JsonRows();
}
