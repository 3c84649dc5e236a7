using System.Buffers;
using ChatPlatform.Application.Jobs;
using Npgsql;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

internal interface IRowWriter
{
    void WriteHeader(NpgsqlDataReader rows, IBufferWriter<byte> output);

    void WriteRow(NpgsqlDataReader rows, IBufferWriter<byte> output);

    static IRowWriter Of(ExportFormat format) => format is ExportFormat.Csv ? new CsvRows() : new JsonRows();
}
