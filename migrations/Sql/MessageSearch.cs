using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ChatPlatform.Migrations.Sql;

/// <summary>The index behind searches in messages. The model does not know it: EF has no indexes on expressions.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121131500_MessageSearch")]
internal sealed class MessageSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.RunFile("message_search.v1.sql");

    /// <summary>The extensions stay: others may use them.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX IF EXISTS ix_messages_search;");
}
