using System.Globalization;
using System.Text;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>Settings of the private server, read after <c>postgresql.conf</c>; <c>ALTER SYSTEM</c> still overrides them.</summary>
internal static class PostgresSettings
{
    public const string FileName = "chatplatform.conf";
    public const int SocketPort = 5432;

    private const string Common = """
        # Overwritten at each start. For your own settings, use ALTER SYSTEM SET ...
        superuser_reserved_connections = 5
        shared_buffers = 128MB
        maintenance_work_mem = 64MB
        jit = off
        random_page_cost = 1.1
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_destination = 'stderr'
        log_filename = 'server-%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = 1d
        log_rotation_size = 0
        log_line_prefix = '%m [%p] '
        # Clients get their errors. Logging failed statements would expose message texts.
        log_min_messages = log
        log_min_error_statement = panic
        log_error_verbosity = terse

        """;

    private const string Durable = """
        logging_collector = on
        max_connections = 200
        min_wal_size = 128MB
        max_wal_size = 2GB
        checkpoint_timeout = 15min
        # Analyze the tables of a new database soon.
        autovacuum_naptime = 10s
        fsync = on
        synchronous_commit = on
        full_page_writes = on

        """;

    private const string ThrowAway = """
        logging_collector = off
        max_connections = 300
        max_wal_size = 256MB
        checkpoint_timeout = 1h
        wal_level = minimal
        max_wal_senders = 0
        fsync = off
        synchronous_commit = off
        full_page_writes = off

        """;

    /// <param name="socketFolder">Null for loopback TCP on <paramref name="port"/>.</param>
    public static string Render(bool durable, string logFolder, string? socketFolder, int port)
    {
        var text = new StringBuilder(Common).Append(durable ? Durable : ThrowAway);
        Add("log_directory", logFolder);
        Add("port", port.ToString(CultureInfo.InvariantCulture));
        Add("listen_addresses", socketFolder is null ? "127.0.0.1" : string.Empty);
        Add("unix_socket_directories", socketFolder is null ? string.Empty : $"\"{socketFolder.Replace("\"", "\"\"")}\"");
        Add("unix_socket_permissions", "0700");
        return text.ToString();

        void Add(string name, string value) =>
            text.Append(name).Append(" = '").Append(value.Replace(@"\", @"\\").Replace("'", "''")).Append("'\n");
    }
}
