using ChatPlatform.Application.Statistics;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Typed parameters, so that a null still says what it would be.</summary>
internal static class Parameters
{
    public static void Put(this NpgsqlParameterCollection parameters, string name, long? value) =>
        parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Bigint) { Value = value ?? (object)DBNull.Value });

    public static void Put(this NpgsqlParameterCollection parameters, string name, bool? value) =>
        parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Boolean) { Value = value ?? (object)DBNull.Value });

    /// <summary>As <c>from</c> and <c>to</c>.</summary>
    public static void Put(this NpgsqlParameterCollection parameters, Interval? interval)
    {
        parameters.Add(new NpgsqlParameter("from", NpgsqlDbType.TimestampTz) { Value = interval?.From ?? (object)DBNull.Value });
        parameters.Add(new NpgsqlParameter("to", NpgsqlDbType.TimestampTz) { Value = interval?.To ?? (object)DBNull.Value });
    }

    /// <summary>Moments (UTC). Also where there are none their type is told, so that a statement is prepared but once.</summary>
    public static NpgsqlParameter Of(string name, IEnumerable<DateTime> moments) =>
        new(name, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz) { Value = moments.ToArray() };

    public static T? Nullable<T>(this NpgsqlDataReader reader, int column)
        where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
}
