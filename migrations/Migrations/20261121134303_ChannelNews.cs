using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatPlatform.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class ChannelNews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_events_news",
                table: "events",
                columns: new[] { "application_id", "channel_id", "xid", "id" },
                filter: "type in ('news.event', 'news.keystrokes')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_events_news",
                table: "events");
        }
    }
}
