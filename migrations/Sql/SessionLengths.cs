using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ChatPlatform.Migrations.Sql;

/// <summary>How long sessions are, for the planner of the reports. The model does not know it: EF has no statistics of expressions.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121175500_SessionLengths")]
internal sealed class SessionLengths : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.RunFile("session_lengths.v1.sql");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP STATISTICS IF EXISTS st_user_sessions_length, st_chat_sessions_length;");
}
