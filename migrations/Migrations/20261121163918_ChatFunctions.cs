using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ChatPlatform.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class ChatFunctions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "ix_function_deliveries_line",
                table: "function_deliveries",
                columns: new[] { "application_id", "function_id", "channel_id", "id" },
                filter: "state in (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_function_deliveries_open",
                table: "function_deliveries",
                columns: new[] { "not_before", "id" },
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
                name: "ix_functions_enabled",
                table: "functions",
                columns: new[] { "application_id", "type", "id" },
                filter: "enabled");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "function_deliveries");

            migrationBuilder.DropTable(
                name: "function_invocations");

            migrationBuilder.DropTable(
                name: "function_versions");

            migrationBuilder.DropTable(
                name: "runtime_variables");

            migrationBuilder.DropTable(
                name: "functions");

            migrationBuilder.DropTable(
                name: "chat_runtimes");
        }
    }
}
