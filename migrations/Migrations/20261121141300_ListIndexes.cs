using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatPlatform.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class ListIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_users_application_id_properties",
                table: "users",
                columns: new[] { "application_id", "properties" })
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "int8_ops", "jsonb_path_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_application_id_properties",
                table: "channels",
                columns: new[] { "application_id", "properties" })
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "int8_ops", "jsonb_path_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_channel_reads_application_id_channel_id_up_to_time_up_to_id",
                table: "channel_reads",
                columns: new[] { "application_id", "channel_id", "up_to_time", "up_to_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_users_application_id_properties",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_channels_application_id_properties",
                table: "channels");

            migrationBuilder.DropIndex(
                name: "ix_channel_reads_application_id_channel_id_up_to_time_up_to_id",
                table: "channel_reads");
        }
    }
}
