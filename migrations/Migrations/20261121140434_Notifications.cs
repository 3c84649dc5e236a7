using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ChatPlatform.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class Notifications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_muted",
                table: "channel_members",
                type: "boolean",
                nullable: false,
                defaultValue: false);

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
                name: "ix_notifications_application_id_user_id_created_time_id",
                table: "notifications",
                columns: new[] { "application_id", "user_id", "created_time", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notifications");

            migrationBuilder.DropColumn(
                name: "is_muted",
                table: "channel_members");
        }
    }
}
