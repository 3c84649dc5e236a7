using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatPlatform.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class PresenceThroughSlots : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_user_sessions_application_id_end_time",
                table: "user_sessions",
                columns: new[] { "application_id", "end_time" },
                filter: "end_time is not null");

            // What the fold sets for sessions that end from now on.
            migrationBuilder.Sql(
                """
                INSERT INTO activity (application_id, span, start, chunk, users)
                SELECT application_id, 0, start, user_id / 4096, bit_or(set_bit(0::bit(4096), (user_id % 4096)::int, 1))
                FROM (
                  SELECT application_id, user_id, generate_series(
                    ceil(extract(epoch FROM created_time) / 900)::int, floor(extract(epoch FROM end_time) / 900)::int - 1) AS start
                  FROM user_sessions
                  WHERE counted
                ) s
                GROUP BY 1, 2, 3, 4
                ORDER BY 1, 2, 3, 4;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM activity WHERE span = 0;");

            migrationBuilder.DropIndex(
                name: "ix_user_sessions_application_id_end_time",
                table: "user_sessions");
        }
    }
}
