using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ChatPlatform.Migrations.Sql;

/// <summary>Views for whoever watches the server. Written by hand: the model does not know them.</summary>
[DbContext(typeof(ChatDbContext))]
[Migration("20261121000000_OperatorViews")]
internal sealed class OperatorViews : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.RunFile("follower_lag.v1.sql");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP VIEW IF EXISTS follower_lag;");
}
