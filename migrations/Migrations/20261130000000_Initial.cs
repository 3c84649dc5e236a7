using System.Collections;
using System;
using ChatPlatform.Migrations.Sql;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ChatPlatform.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RunFile("extensions.v1.sql");
            migrationBuilder.RunFile("arrival.v1.sql");

            migrationBuilder.CreateSequence(
                name: "channel_ids",
                incrementBy: 10);

            migrationBuilder.CreateSequence(
                name: "message_ids",
                incrementBy: 100);

            migrationBuilder.CreateSequence(
                name: "session_ids",
                incrementBy: 10);

            migrationBuilder.CreateSequence(
                name: "user_ids",
                incrementBy: 10);

            migrationBuilder.CreateTable(
                name: "activity",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    resolution = table.Column<short>(type: "smallint", nullable: false),
                    start = table.Column<int>(type: "integer", nullable: false),
                    chunk = table.Column<long>(type: "bigint", nullable: false),
                    users = table.Column<BitArray>(type: "bit(4096)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activity", x => new { x.application_id, x.resolution, x.start, x.chunk });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateTable(
                name: "applications",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    global_id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    properties = table.Column<string>(type: "jsonb", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    guest_users_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    user_created_channels_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_applications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "channel_contributors",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    received = table.Column<long>(type: "bigint", nullable: false),
                    is_member = table.Column<bool>(type: "boolean", nullable: false),
                    is_guest = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_contributors", x => new { x.application_id, x.channel_id, x.user_id });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateTable(
                name: "channel_counts",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    resolution = table.Column<short>(type: "smallint", nullable: false),
                    start = table.Column<int>(type: "integer", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    broadcast = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_counts", x => new { x.application_id, x.resolution, x.start, x.channel_id });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 90);

            migrationBuilder.CreateTable(
                name: "channel_running_counts",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    chunk = table.Column<long>(type: "bigint", nullable: false),
                    resolution = table.Column<short>(type: "smallint", nullable: false),
                    start = table.Column<int>(type: "integer", nullable: false),
                    counts = table.Column<long[]>(type: "bigint[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_running_counts", x => new { x.application_id, x.chunk, x.resolution, x.start });
                });

            migrationBuilder.CreateTable(
                name: "channel_totals",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<int>(type: "integer", nullable: true),
                    received = table.Column<long>(type: "bigint", nullable: false),
                    broadcast = table.Column<long>(type: "bigint", nullable: false),
                    users = table.Column<int>(type: "integer", nullable: false),
                    guests = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_totals", x => new { x.application_id, x.channel_id });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateTable(
                name: "channel_user_counts",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    resolution = table.Column<short>(type: "smallint", nullable: false),
                    start = table.Column<int>(type: "integer", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    received = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_user_counts", x => new { x.application_id, x.channel_id, x.resolution, x.start, x.user_id });
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()"),
                    recorded_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: true),
                    user_id = table.Column<long>(type: "bigint", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: true),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    received = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    broadcast = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    payload = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => new { x.application_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "follower_positions",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "'0'"),
                    event_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_follower_positions", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "import_keys",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    target_id = table.Column<long>(type: "bigint", nullable: false),
                    content_hash = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_keys", x => new { x.application_id, x.type, x.key });
                });

            migrationBuilder.CreateTable(
                name: "rollup_state",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    watermark = table.Column<int>(type: "integer", nullable: false),
                    first_bucket = table.Column<int>(type: "integer", nullable: false),
                    last_bucket = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rollup_state", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "type_counts",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    resolution = table.Column<short>(type: "smallint", nullable: false),
                    start = table.Column<int>(type: "integer", nullable: false),
                    type = table.Column<int>(type: "integer", nullable: false),
                    broadcast = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_type_counts", x => new { x.application_id, x.resolution, x.start, x.type });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateTable(
                name: "user_counts",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    resolution = table.Column<short>(type: "smallint", nullable: false),
                    start = table.Column<int>(type: "integer", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    received = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_counts", x => new { x.application_id, x.resolution, x.start, x.user_id });
                });

            migrationBuilder.CreateTable(
                name: "user_totals",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    received = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_totals", x => new { x.application_id, x.user_id });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateTable(
                name: "chat_runtimes",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    initialization_script = table.Column<string>(type: "text", nullable: true),
                    dependencies = table.Column<string>(type: "jsonb", nullable: false),
                    dependencies_folder = table.Column<string>(type: "character varying(4096)", maxLength: 4096, nullable: true),
                    dependencies_revision = table.Column<long>(type: "bigint", nullable: true),
                    installation_job_id = table.Column<long>(type: "bigint", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_runtimes", x => x.application_id);
                    table.ForeignKey(
                        name: "fk_chat_runtimes_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "clients",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    client_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    secret_hash = table.Column<string>(type: "text", nullable: false),
                    developer_key_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    scopes = table.Column<string[]>(type: "text[]", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    revoked_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clients", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_clients_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "data_keys",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    wrapped_by = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    wrapped = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_keys", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_data_keys_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hosted_files",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    path = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    store_name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    content_type = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    released_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hosted_files", x => new { x.application_id, x.path });
                    table.ForeignKey(
                        name: "fk_hosted_files_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "idempotent_responses",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    key_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    body_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    content_type = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    location = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: true),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotent_responses", x => new { x.application_id, x.key_hash });
                    table.ForeignKey(
                        name: "fk_idempotent_responses_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    type = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    started_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    arguments = table.Column<string>(type: "jsonb", nullable: false),
                    file = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    processed = table.Column<long>(type: "bigint", nullable: false),
                    succeeded = table.Column<long>(type: "bigint", nullable: false),
                    skipped = table.Column<long>(type: "bigint", nullable: false),
                    failed = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: true),
                    bytes_read = table.Column<long>(type: "bigint", nullable: false),
                    bytes_total = table.Column<long>(type: "bigint", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    not_before = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    worker = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    lease_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_jobs_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "permissions",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    roles = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_permissions", x => new { x.application_id, x.name });
                    table.ForeignKey(
                        name: "fk_permissions_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "processed_updates",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    service = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    update_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    received_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_processed_updates", x => new { x.application_id, x.service, x.update_id });
                    table.ForeignKey(
                        name: "fk_processed_updates_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    display_name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    is_guest = table.Column<bool>(type: "boolean", nullable: false),
                    call_status = table.Column<int>(type: "integer", nullable: false),
                    presence_status = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    display_picture_url = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: true),
                    properties = table.Column<string>(type: "jsonb", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    deleted_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => new { x.application_id, x.id });
                    table.CheckConstraint("ck_users_time", "created_time >= timestamptz '1970-01-01 00:00:00+00' and created_time < timestamptz '3000-01-01 00:00:00+00'");
                    table.ForeignKey(
                        name: "fk_users_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "functions",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    type = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    description = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    fails_open = table.Column<bool>(type: "boolean", nullable: false),
                    current_version_number = table.Column<int>(type: "integer", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    deleted_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_functions", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_functions_chat_runtimes_application_id",
                        column: x => x.application_id,
                        principalTable: "chat_runtimes",
                        principalColumn: "application_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "runtime_variables",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    value = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_runtime_variables", x => new { x.application_id, x.name });
                    table.ForeignKey(
                        name: "fk_runtime_variables_chat_runtimes_application_id",
                        column: x => x.application_id,
                        principalTable: "chat_runtimes",
                        principalColumn: "application_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_tokens",
                columns: table => new
                {
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    client_id = table.Column<long>(type: "bigint", nullable: false),
                    scopes = table.Column<string[]>(type: "text[]", nullable: false),
                    expires_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_tokens", x => x.token_hash);
                    table.ForeignKey(
                        name: "fk_access_tokens_clients_application_id_client_id",
                        columns: x => new { x.application_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "deferred_replies",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    index = table.Column<long>(type: "bigint", nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true, collation: "C"),
                    reply_to = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    depth = table.Column<int>(type: "integer", nullable: true),
                    item = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deferred_replies", x => new { x.application_id, x.job_id, x.index });
                    table.ForeignKey(
                        name: "fk_deferred_replies_jobs_application_id_job_id",
                        columns: x => new { x.application_id, x.job_id },
                        principalTable: "jobs",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "job_item_errors",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    index = table.Column<long>(type: "bigint", nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_item_errors", x => new { x.application_id, x.job_id, x.index });
                    table.ForeignKey(
                        name: "fk_job_item_errors_jobs_application_id_job_id",
                        columns: x => new { x.application_id, x.job_id },
                        principalTable: "jobs",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    email = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: true),
                    password_hash = table.Column<string>(type: "text", nullable: false),
                    roles = table.Column<string[]>(type: "text[]", nullable: false),
                    failed_logins = table.Column<int>(type: "integer", nullable: false),
                    blocked_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => new { x.application_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_accounts_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "channels",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    display_name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    creator_id = table.Column<long>(type: "bigint", nullable: true),
                    properties = table.Column<string>(type: "jsonb", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    deleted_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    direct_key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_channels_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_channels_users_application_id_creator_id",
                        columns: x => new { x.application_id, x.creator_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" });
                });

            migrationBuilder.CreateTable(
                name: "user_secrets",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    value = table.Column<byte[]>(type: "bytea", nullable: false),
                    changed_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_secrets", x => new { x.application_id, x.user_id, x.name });
                    table.ForeignKey(
                        name: "fk_user_secrets_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_sessions",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    user_agent = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    seen_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    end_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    counted = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_sessions", x => new { x.application_id, x.id });
                    table.CheckConstraint("ck_user_sessions_time", "created_time >= timestamptz '1970-01-01 00:00:00+00' and created_time < timestamptz '3000-01-01 00:00:00+00' and end_time >= timestamptz '1970-01-01 00:00:00+00' and end_time < timestamptz '3000-01-01 00:00:00+00'");
                    table.ForeignKey(
                        name: "fk_user_sessions_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "function_deliveries",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    function_id = table.Column<long>(type: "bigint", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: true),
                    notification_id = table.Column<long>(type: "bigint", nullable: true),
                    payload = table.Column<string>(type: "text", nullable: true),
                    args = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    not_before = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    lease_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    failure = table.Column<string>(type: "text", nullable: true),
                    ended_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_function_deliveries", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_function_deliveries_functions_application_id_function_id",
                        columns: x => new { x.application_id, x.function_id },
                        principalTable: "functions",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "function_invocations",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    function_id = table.Column<long>(type: "bigint", nullable: false),
                    version_number = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    args = table.Column<string>(type: "text", nullable: false),
                    result = table.Column<string>(type: "text", nullable: true),
                    failure = table.Column<string>(type: "text", nullable: true),
                    console = table.Column<string>(type: "text", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    duration = table.Column<TimeSpan>(type: "interval", nullable: true),
                    lease_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_function_invocations", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_function_invocations_functions_application_id_function_id",
                        columns: x => new { x.application_id, x.function_id },
                        principalTable: "functions",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "function_versions",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    function_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    script = table.Column<string>(type: "text", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_function_versions", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_function_versions_functions_application_id_function_id",
                        columns: x => new { x.application_id, x.function_id },
                        principalTable: "functions",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "login_tokens",
                columns: table => new
                {
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    expires_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_login_tokens", x => x.token_hash);
                    table.ForeignKey(
                        name: "fk_login_tokens_accounts_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "accounts",
                        principalColumns: new[] { "application_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "channel_blacklist",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_blacklist", x => new { x.application_id, x.channel_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_channel_blacklist_channels_application_id_channel_id",
                        columns: x => new { x.application_id, x.channel_id },
                        principalTable: "channels",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_channel_blacklist_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "channel_invites",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_invites", x => new { x.application_id, x.channel_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_channel_invites_channels_application_id_channel_id",
                        columns: x => new { x.application_id, x.channel_id },
                        principalTable: "channels",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_channel_invites_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "channel_members",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    is_moderator = table.Column<bool>(type: "boolean", nullable: false),
                    is_muted = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    joined_snapshot = table.Column<string>(type: "text", nullable: false, defaultValueSql: "arrival_snapshot()"),
                    read_snapshot = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_members", x => new { x.application_id, x.channel_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_channel_members_channels_application_id_channel_id",
                        columns: x => new { x.application_id, x.channel_id },
                        principalTable: "channels",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_channel_members_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "chats",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    service = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    external_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    registered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    description = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    title = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    titled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    titled_sequence = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    channel_id = table.Column<long>(type: "bigint", nullable: true),
                    pinned_message_id = table.Column<long>(type: "bigint", nullable: true),
                    last_error = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chats", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_chats_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_chats_channels_application_id_channel_id",
                        columns: x => new { x.application_id, x.channel_id },
                        principalTable: "channels",
                        principalColumns: new[] { "application_id", "id" });
                });

            migrationBuilder.CreateTable(
                name: "read_marks",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    from_snapshot = table.Column<string>(type: "text", nullable: true),
                    up_to_snapshot = table.Column<string>(type: "text", nullable: false),
                    up_to_arrival = table.Column<ulong>(type: "xid8", nullable: false, computedColumnSql: "pg_snapshot_xmax(up_to_snapshot::pg_snapshot)", stored: true),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_read_marks", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_read_marks_channels_application_id_channel_id",
                        columns: x => new { x.application_id, x.channel_id },
                        principalTable: "channels",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_read_marks_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "threads",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    properties = table.Column<string>(type: "jsonb", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_threads", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_threads_channels_application_id_channel_id",
                        columns: x => new { x.application_id, x.channel_id },
                        principalTable: "channels",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "chat_sessions",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false),
                    user_session_id = table.Column<long>(type: "bigint", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    end_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_sessions", x => new { x.application_id, x.id });
                    table.CheckConstraint("ck_chat_sessions_time", "created_time >= timestamptz '1970-01-01 00:00:00+00' and created_time < timestamptz '3000-01-01 00:00:00+00' and end_time >= timestamptz '1970-01-01 00:00:00+00' and end_time < timestamptz '3000-01-01 00:00:00+00'");
                    table.ForeignKey(
                        name: "fk_chat_sessions_channels_application_id_channel_id",
                        columns: x => new { x.application_id, x.channel_id },
                        principalTable: "channels",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_chat_sessions_user_sessions_application_id_user_session_id",
                        columns: x => new { x.application_id, x.user_session_id },
                        principalTable: "user_sessions",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_chat_sessions_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "chat_invitations",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    link = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    chat_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    max_uses = table.Column<int>(type: "integer", nullable: true),
                    uses = table.Column<int>(type: "integer", nullable: false),
                    revoked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_invitations", x => new { x.application_id, x.link });
                    table.ForeignKey(
                        name: "fk_chat_invitations_chats_application_id_chat_id",
                        columns: x => new { x.application_id, x.chat_id },
                        principalTable: "chats",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "chat_message_links",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    chat_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chat_external_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    external_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_message_links", x => new { x.application_id, x.chat_id, x.chat_external_id, x.external_id });
                    table.ForeignKey(
                        name: "fk_chat_message_links_chats_application_id_chat_id",
                        columns: x => new { x.application_id, x.chat_id },
                        principalTable: "chats",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "chat_titles",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    chat_id = table.Column<Guid>(type: "uuid", nullable: false),
                    value = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    captured_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_titles", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_chat_titles_chats_application_id_chat_id",
                        columns: x => new { x.application_id, x.chat_id },
                        principalTable: "chats",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "deleted_messages",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false),
                    chat_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: true),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    arrival = table.Column<ulong>(type: "xid8", nullable: false),
                    deleted_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deleted_messages", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_deleted_messages_chats_application_id_chat_id",
                        columns: x => new { x.application_id, x.chat_id },
                        principalTable: "chats",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "participants",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chat_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    firstname = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    lastname = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    username = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    observed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    observed_sequence = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_participants", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_participants_chats_application_id_chat_id",
                        columns: x => new { x.application_id, x.chat_id },
                        principalTable: "chats",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_participants_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<int>(type: "integer", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    thread_id = table.Column<long>(type: "bigint", nullable: false),
                    parent_id = table.Column<long>(type: "bigint", nullable: true),
                    nested_level = table.Column<int>(type: "integer", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: true),
                    body = table.Column<string>(type: "text", nullable: true),
                    file = table.Column<string>(type: "jsonb", nullable: true),
                    mentions = table.Column<string>(type: "jsonb", nullable: true),
                    group_tag = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    properties = table.Column<string>(type: "jsonb", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    arrival = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "arrival()"),
                    last_edited_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    broadcast = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messages", x => new { x.application_id, x.id });
                    table.CheckConstraint("ck_messages_time", "created_time >= timestamptz '1970-01-01 00:00:00+00' and created_time < timestamptz '3000-01-01 00:00:00+00'");
                    table.ForeignKey(
                        name: "fk_messages_channels_application_id_channel_id",
                        columns: x => new { x.application_id, x.channel_id },
                        principalTable: "channels",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_messages_messages_application_id_parent_id",
                        columns: x => new { x.application_id, x.parent_id },
                        principalTable: "messages",
                        principalColumns: new[] { "application_id", "id" });
                    table.ForeignKey(
                        name: "fk_messages_threads_application_id_thread_id",
                        columns: x => new { x.application_id, x.thread_id },
                        principalTable: "threads",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_messages_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" });
                });

            migrationBuilder.CreateTable(
                name: "participations",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    participant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    joined_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    left_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    invited_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_participations", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_participations_participants_application_id_participant_id",
                        columns: x => new { x.application_id, x.participant_id },
                        principalTable: "participants",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "chat_outbox",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    chat_id = table.Column<Guid>(type: "uuid", nullable: false),
                    operation = table.Column<string>(type: "jsonb", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    not_before = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    lease_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_outbox", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_chat_outbox_chats_application_id_chat_id",
                        columns: x => new { x.application_id, x.chat_id },
                        principalTable: "chats",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_chat_outbox_messages_application_id_message_id",
                        columns: x => new { x.application_id, x.message_id },
                        principalTable: "messages",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_reactions",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    alias = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_reactions", x => new { x.application_id, x.message_id, x.alias, x.user_id });
                    table.ForeignKey(
                        name: "fk_message_reactions_messages_application_id_message_id",
                        columns: x => new { x.application_id, x.message_id },
                        principalTable: "messages",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_message_reactions_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_reports",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_reports", x => new { x.application_id, x.message_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_message_reports_messages_application_id_message_id",
                        columns: x => new { x.application_id, x.message_id },
                        principalTable: "messages",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_message_reports_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_versions",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    captured_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_versions", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_message_versions_messages_application_id_message_id",
                        columns: x => new { x.application_id, x.message_id },
                        principalTable: "messages",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notifications",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    type = table.Column<int>(type: "integer", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    mentioned_channel_id = table.Column<long>(type: "bigint", nullable: true),
                    muted = table.Column<bool>(type: "boolean", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    arrival = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "arrival()"),
                    read_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications", x => new { x.application_id, x.id });
                    table.ForeignKey(
                        name: "fk_notifications_channels_application_id_mentioned_channel_id",
                        columns: x => new { x.application_id, x.mentioned_channel_id },
                        principalTable: "channels",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_notifications_messages_application_id_message_id",
                        columns: x => new { x.application_id, x.message_id },
                        principalTable: "messages",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_notifications_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "read_receipts",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    created_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_read_receipts", x => new { x.application_id, x.message_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_read_receipts_messages_application_id_message_id",
                        columns: x => new { x.application_id, x.message_id },
                        principalTable: "messages",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_read_receipts_users_application_id_user_id",
                        columns: x => new { x.application_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "application_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "follower_positions",
                columns: new[] { "name", "event_id" },
                values: new object[] { "statistics", 0L });

            migrationBuilder.InsertData(
                table: "rollup_state",
                columns: new[] { "id", "first_bucket", "last_bucket", "watermark" },
                values: new object[] { (short)1, 2147483647, -100000000, -100000000 });

            migrationBuilder.CreateIndex(
                name: "ix_access_tokens_application_id_client_id",
                table: "access_tokens",
                columns: new[] { "application_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_access_tokens_expires_time",
                table: "access_tokens",
                column: "expires_time");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_application_id_email",
                table: "accounts",
                columns: new[] { "application_id", "email" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_applications_key",
                table: "applications",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channel_blacklist_application_id_user_id",
                table: "channel_blacklist",
                columns: new[] { "application_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_channel_contributors_application_id_user_id_channel_id",
                table: "channel_contributors",
                columns: new[] { "application_id", "user_id", "channel_id" });

            migrationBuilder.CreateIndex(
                name: "ix_channel_invites_application_id_user_id",
                table: "channel_invites",
                columns: new[] { "application_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_channel_members_application_id_user_id_channel_id",
                table: "channel_members",
                columns: new[] { "application_id", "user_id", "channel_id" });

            migrationBuilder.CreateIndex(
                name: "ix_channel_members_moderators",
                table: "channel_members",
                columns: new[] { "application_id", "channel_id", "user_id" },
                filter: "is_moderator");

            migrationBuilder.CreateIndex(
                name: "ix_channels_application_id_creator_id",
                table: "channels",
                columns: new[] { "application_id", "creator_id" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_application_id_direct_key",
                table: "channels",
                columns: new[] { "application_id", "direct_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channels_application_id_name",
                table: "channels",
                columns: new[] { "application_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channels_application_id_properties",
                table: "channels",
                columns: new[] { "application_id", "properties" })
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "int8_ops", "jsonb_path_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_deleted",
                table: "channels",
                column: "application_id",
                filter: "deleted_time is not null");

            migrationBuilder.CreateIndex(
                name: "ix_chat_invitations_current",
                table: "chat_invitations",
                columns: new[] { "application_id", "chat_id" },
                unique: true,
                filter: "revoked_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_chat_message_links_application_id_message_id",
                table: "chat_message_links",
                columns: new[] { "application_id", "message_id" });

            migrationBuilder.CreateIndex(
                name: "ix_chat_outbox_application_id_message_id",
                table: "chat_outbox",
                columns: new[] { "application_id", "message_id" });

            migrationBuilder.CreateIndex(
                name: "ix_chat_outbox_chat",
                table: "chat_outbox",
                columns: new[] { "application_id", "chat_id", "id" },
                filter: "state in (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_chat_outbox_given_up",
                table: "chat_outbox",
                columns: new[] { "application_id", "chat_id", "id" },
                filter: "state in (3, 4)");

            migrationBuilder.CreateIndex(
                name: "ix_chat_outbox_open",
                table: "chat_outbox",
                columns: new[] { "not_before", "id" },
                filter: "state in (0, 1, 4)");

            migrationBuilder.CreateIndex(
                name: "ix_chat_sessions_application_id_channel_id_created_time",
                table: "chat_sessions",
                columns: new[] { "application_id", "channel_id", "created_time" });

            migrationBuilder.CreateIndex(
                name: "ix_chat_sessions_application_id_user_id",
                table: "chat_sessions",
                columns: new[] { "application_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_chat_sessions_application_id_user_session_id",
                table: "chat_sessions",
                columns: new[] { "application_id", "user_session_id" });

            migrationBuilder.CreateIndex(
                name: "ix_chat_sessions_long",
                table: "chat_sessions",
                columns: new[] { "application_id", "channel_id", "created_time" },
                filter: "end_time - created_time > interval '1 day'");

            migrationBuilder.CreateIndex(
                name: "ix_chat_sessions_open",
                table: "chat_sessions",
                columns: new[] { "application_id", "channel_id", "user_id" },
                filter: "end_time is null");

            migrationBuilder.CreateIndex(
                name: "ix_chat_titles_application_id_chat_id",
                table: "chat_titles",
                columns: new[] { "application_id", "chat_id" });

            migrationBuilder.CreateIndex(
                name: "ix_chats_active_first",
                table: "chats",
                columns: new[] { "application_id", "is_active", "id" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "ix_chats_application_id_channel_id",
                table: "chats",
                columns: new[] { "application_id", "channel_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_chats_application_id_created_by_id",
                table: "chats",
                columns: new[] { "application_id", "created_by", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_chats_application_id_is_active_id",
                table: "chats",
                columns: new[] { "application_id", "is_active", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_chats_application_id_is_active_registered_at_id",
                table: "chats",
                columns: new[] { "application_id", "is_active", "registered_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_chats_application_id_registered_at_id",
                table: "chats",
                columns: new[] { "application_id", "registered_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_chats_application_id_service_external_id",
                table: "chats",
                columns: new[] { "application_id", "service", "external_id" },
                unique: true,
                filter: "state <> 2");

            migrationBuilder.CreateIndex(
                name: "ix_chats_application_id_title_id",
                table: "chats",
                columns: new[] { "application_id", "title", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_clients_client_id",
                table: "clients",
                column: "client_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_clients_developer_key_hash",
                table: "clients",
                column: "developer_key_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deferred_replies_application_id_job_id_depth_index",
                table: "deferred_replies",
                columns: new[] { "application_id", "job_id", "depth", "index" });

            migrationBuilder.CreateIndex(
                name: "ix_deferred_replies_application_id_job_id_idempotency_key",
                table: "deferred_replies",
                columns: new[] { "application_id", "job_id", "idempotency_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deferred_replies_application_id_job_id_reply_to",
                table: "deferred_replies",
                columns: new[] { "application_id", "job_id", "reply_to" });

            migrationBuilder.CreateIndex(
                name: "ix_deleted_messages_application_id_chat_id_arrival",
                table: "deleted_messages",
                columns: new[] { "application_id", "chat_id", "arrival" });

            migrationBuilder.CreateIndex(
                name: "ix_deleted_messages_application_id_chat_id_created_time_id",
                table: "deleted_messages",
                columns: new[] { "application_id", "chat_id", "created_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_events_commit_order",
                table: "events",
                columns: new[] { "xid", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_events_ephemeral",
                table: "events",
                columns: new[] { "application_id", "channel_id", "xid", "id" },
                filter: "type in ('ephemeral.event', 'ephemeral.keystrokes')");

            migrationBuilder.CreateIndex(
                name: "ix_function_deliveries_dead",
                table: "function_deliveries",
                columns: new[] { "application_id", "function_id", "id" },
                filter: "state = 2");

            migrationBuilder.CreateIndex(
                name: "ix_function_deliveries_ended",
                table: "function_deliveries",
                column: "ended_time",
                filter: "state = 2");

            migrationBuilder.CreateIndex(
                name: "ix_function_deliveries_open",
                table: "function_deliveries",
                columns: new[] { "not_before", "id" },
                filter: "state in (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_function_deliveries_order",
                table: "function_deliveries",
                columns: new[] { "application_id", "function_id", "channel_id", "id" },
                filter: "state in (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_function_invocations_application_id_function_id_id",
                table: "function_invocations",
                columns: new[] { "application_id", "function_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_function_invocations_ended",
                table: "function_invocations",
                column: "ended_time",
                filter: "ended_time is not null");

            migrationBuilder.CreateIndex(
                name: "ix_function_invocations_running",
                table: "function_invocations",
                column: "lease_until",
                filter: "status = 0");

            migrationBuilder.CreateIndex(
                name: "ix_function_versions_application_id_function_id_number",
                table: "function_versions",
                columns: new[] { "application_id", "function_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_functions_deleted",
                table: "functions",
                column: "deleted_time",
                filter: "deleted_time is not null");

            migrationBuilder.CreateIndex(
                name: "ix_functions_enabled",
                table: "functions",
                columns: new[] { "application_id", "type", "id" },
                filter: "enabled");

            migrationBuilder.CreateIndex(
                name: "ix_hosted_files_released",
                table: "hosted_files",
                column: "released_time",
                filter: "released_time is not null");

            migrationBuilder.CreateIndex(
                name: "ix_idempotent_responses_created_time",
                table: "idempotent_responses",
                column: "created_time");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_open",
                table: "jobs",
                columns: new[] { "state", "not_before" },
                filter: "state in (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_retained_files",
                table: "jobs",
                column: "ended_time",
                filter: "file is not null and ended_time is not null");

            migrationBuilder.CreateIndex(
                name: "ix_login_tokens_application_id_user_id",
                table: "login_tokens",
                columns: new[] { "application_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_login_tokens_expires_time",
                table: "login_tokens",
                column: "expires_time");

            migrationBuilder.CreateIndex(
                name: "ix_message_reactions_application_id_user_id",
                table: "message_reactions",
                columns: new[] { "application_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_message_reports_application_id_user_id",
                table: "message_reports",
                columns: new[] { "application_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_message_versions_application_id_message_id_captured_at",
                table: "message_versions",
                columns: new[] { "application_id", "message_id", "captured_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_application_id_arrival",
                table: "messages",
                columns: new[] { "application_id", "arrival" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_application_id_channel_id_arrival_id",
                table: "messages",
                columns: new[] { "application_id", "channel_id", "arrival", "id" },
                filter: "broadcast");

            migrationBuilder.CreateIndex(
                name: "ix_messages_application_id_channel_id_created_time_id",
                table: "messages",
                columns: new[] { "application_id", "channel_id", "created_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_application_id_created_time_id",
                table: "messages",
                columns: new[] { "application_id", "created_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_application_id_parent_id_created_time_id",
                table: "messages",
                columns: new[] { "application_id", "parent_id", "created_time", "id" },
                filter: "parent_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_messages_application_id_thread_id_created_time_id",
                table: "messages",
                columns: new[] { "application_id", "thread_id", "created_time", "id" },
                filter: "parent_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_messages_application_id_user_id_created_time_id",
                table: "messages",
                columns: new[] { "application_id", "user_id", "created_time", "id" },
                filter: "user_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_application_id_mentioned_channel_id",
                table: "notifications",
                columns: new[] { "application_id", "mentioned_channel_id" },
                filter: "mentioned_channel_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_application_id_message_id_user_id",
                table: "notifications",
                columns: new[] { "application_id", "message_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notifications_application_id_user_id_arrival",
                table: "notifications",
                columns: new[] { "application_id", "user_id", "arrival" });

            migrationBuilder.CreateIndex(
                name: "ix_notifications_application_id_user_id_created_time_id",
                table: "notifications",
                columns: new[] { "application_id", "user_id", "created_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_participants_application_id_chat_id_user_id",
                table: "participants",
                columns: new[] { "application_id", "chat_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_participants_application_id_user_id",
                table: "participants",
                columns: new[] { "application_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_participations_open",
                table: "participations",
                columns: new[] { "application_id", "participant_id" },
                unique: true,
                filter: "left_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_processed_updates_application_id_received_time",
                table: "processed_updates",
                columns: new[] { "application_id", "received_time" });

            migrationBuilder.CreateIndex(
                name: "ix_read_marks_application_id_channel_id_up_to_arrival",
                table: "read_marks",
                columns: new[] { "application_id", "channel_id", "up_to_arrival" });

            migrationBuilder.CreateIndex(
                name: "ix_read_marks_application_id_channel_id_user_id_up_to_arrival",
                table: "read_marks",
                columns: new[] { "application_id", "channel_id", "user_id", "up_to_arrival" });

            migrationBuilder.CreateIndex(
                name: "ix_read_marks_application_id_user_id",
                table: "read_marks",
                columns: new[] { "application_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_read_receipts_application_id_user_id",
                table: "read_receipts",
                columns: new[] { "application_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_threads_application_id_channel_id_id",
                table: "threads",
                columns: new[] { "application_id", "channel_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_threads_main",
                table: "threads",
                columns: new[] { "application_id", "channel_id" },
                unique: true,
                filter: "type = 0");

            migrationBuilder.CreateIndex(
                name: "ix_user_sessions_application_id_created_time",
                table: "user_sessions",
                columns: new[] { "application_id", "created_time" });

            migrationBuilder.CreateIndex(
                name: "ix_user_sessions_application_id_end_time",
                table: "user_sessions",
                columns: new[] { "application_id", "end_time" },
                filter: "end_time is not null");

            migrationBuilder.CreateIndex(
                name: "ix_user_sessions_application_id_user_id_created_time",
                table: "user_sessions",
                columns: new[] { "application_id", "user_id", "created_time" });

            migrationBuilder.CreateIndex(
                name: "ix_user_sessions_long",
                table: "user_sessions",
                columns: new[] { "application_id", "created_time" },
                filter: "end_time - created_time > interval '1 day'");

            migrationBuilder.CreateIndex(
                name: "ix_user_sessions_open",
                table: "user_sessions",
                columns: new[] { "application_id", "user_id" },
                filter: "end_time is null");

            migrationBuilder.CreateIndex(
                name: "ix_user_sessions_uncounted",
                table: "user_sessions",
                columns: new[] { "application_id", "created_time" },
                filter: "not counted");

            migrationBuilder.CreateIndex(
                name: "ix_users_application_id_created_time",
                table: "users",
                columns: new[] { "application_id", "created_time" });

            migrationBuilder.CreateIndex(
                name: "ix_users_application_id_name",
                table: "users",
                columns: new[] { "application_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_application_id_properties",
                table: "users",
                columns: new[] { "application_id", "properties" })
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "int8_ops", "jsonb_path_ops" });

            // What EF cannot express.
            migrationBuilder.RunFile("message_search.v1.sql");
            migrationBuilder.RunFile("session_lengths.v1.sql");
            migrationBuilder.RunFile("follower_lag.v1.sql");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW IF EXISTS follower_lag;");

            migrationBuilder.DropTable(
                name: "access_tokens");

            migrationBuilder.DropTable(
                name: "activity");

            migrationBuilder.DropTable(
                name: "channel_blacklist");

            migrationBuilder.DropTable(
                name: "channel_contributors");

            migrationBuilder.DropTable(
                name: "channel_counts");

            migrationBuilder.DropTable(
                name: "channel_invites");

            migrationBuilder.DropTable(
                name: "channel_members");

            migrationBuilder.DropTable(
                name: "channel_running_counts");

            migrationBuilder.DropTable(
                name: "channel_totals");

            migrationBuilder.DropTable(
                name: "channel_user_counts");

            migrationBuilder.DropTable(
                name: "chat_invitations");

            migrationBuilder.DropTable(
                name: "chat_message_links");

            migrationBuilder.DropTable(
                name: "chat_outbox");

            migrationBuilder.DropTable(
                name: "chat_sessions");

            migrationBuilder.DropTable(
                name: "chat_titles");

            migrationBuilder.DropTable(
                name: "data_keys");

            migrationBuilder.DropTable(
                name: "deferred_replies");

            migrationBuilder.DropTable(
                name: "deleted_messages");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "follower_positions");

            migrationBuilder.DropTable(
                name: "function_deliveries");

            migrationBuilder.DropTable(
                name: "function_invocations");

            migrationBuilder.DropTable(
                name: "function_versions");

            migrationBuilder.DropTable(
                name: "hosted_files");

            migrationBuilder.DropTable(
                name: "idempotent_responses");

            migrationBuilder.DropTable(
                name: "import_keys");

            migrationBuilder.DropTable(
                name: "job_item_errors");

            migrationBuilder.DropTable(
                name: "login_tokens");

            migrationBuilder.DropTable(
                name: "message_reactions");

            migrationBuilder.DropTable(
                name: "message_reports");

            migrationBuilder.DropTable(
                name: "message_versions");

            migrationBuilder.DropTable(
                name: "notifications");

            migrationBuilder.DropTable(
                name: "participations");

            migrationBuilder.DropTable(
                name: "permissions");

            migrationBuilder.DropTable(
                name: "processed_updates");

            migrationBuilder.DropTable(
                name: "read_marks");

            migrationBuilder.DropTable(
                name: "read_receipts");

            migrationBuilder.DropTable(
                name: "rollup_state");

            migrationBuilder.DropTable(
                name: "runtime_variables");

            migrationBuilder.DropTable(
                name: "type_counts");

            migrationBuilder.DropTable(
                name: "user_counts");

            migrationBuilder.DropTable(
                name: "user_secrets");

            migrationBuilder.DropTable(
                name: "user_totals");

            migrationBuilder.DropTable(
                name: "clients");

            migrationBuilder.DropTable(
                name: "user_sessions");

            migrationBuilder.DropTable(
                name: "functions");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "participants");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropTable(
                name: "chat_runtimes");

            migrationBuilder.DropTable(
                name: "chats");

            migrationBuilder.DropTable(
                name: "threads");

            migrationBuilder.DropTable(
                name: "channels");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "applications");

            migrationBuilder.DropSequence(
                name: "channel_ids");

            migrationBuilder.DropSequence(
                name: "message_ids");

            migrationBuilder.DropSequence(
                name: "session_ids");

            migrationBuilder.DropSequence(
                name: "user_ids");

            migrationBuilder.Sql("DROP FUNCTION search_pattern, search_pairs, search_words, search_text, arrived_after, arrival_snapshot, arrival;");
            migrationBuilder.Sql("DROP TABLE arrival_offset;");
        }
    }
}
