using ChatPlatform.Application.Statistics;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Parameters with an explicit type even if null or empty, so that each statement is prepared once.</summary>
internal static class Parameters
{
    public static void Put(this NpgsqlParameterCollection parameters, string name, long? value) =>
        parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Bigint) { Value = value ?? (object)DBNull.Value });

    public static void Put(this NpgsqlParameterCollection parameters, string name, bool? value) =>
        parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Boolean) { Value = value ?? (object)DBNull.Value });

    public static void Put(this NpgsqlParameterCollection parameters, Interval? interval)
    {
        parameters.Add(new NpgsqlParameter("from", NpgsqlDbType.TimestampTz) { Value = interval?.From ?? (object)DBNull.Value });
        parameters.Add(new NpgsqlParameter("to", NpgsqlDbType.TimestampTz) { Value = interval?.To ?? (object)DBNull.Value });
    }

    public static NpgsqlParameter Timestamps(string name, IEnumerable<DateTime> values) =>
        new(name, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz) { Value = values.ToArray() };

    public static T? Nullable<T>(this NpgsqlDataReader reader, int column)
        where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
}
