using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatPlatform.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class ChannelRunningCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "channel_running_counts",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    period = table.Column<int>(type: "integer", nullable: false),
                    channel_id = table.Column<long>(type: "bigint", nullable: false),
                    counts = table.Column<int[]>(type: "integer[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_running_counts", x => new { x.application_id, x.period, x.channel_id });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 45);

            migrationBuilder.CreateIndex(
                name: "ix_channels_deleted",
                table: "channels",
                column: "application_id",
                filter: "deleted_time is not null");

            // Of what blocks of days hold already. Those and the longer ones are not read any more.
            migrationBuilder.Sql(
                """
                INSERT INTO channel_running_counts (application_id, period, channel_id, counts)
                SELECT g.application_id, g.period, g.channel_id, ARRAY(
                  SELECT coalesce(sum(b.gain) OVER (ORDER BY place), 0)::int
                  FROM generate_series(1, 256) AS place
                  LEFT JOIN unnest(g.places, g.gains) AS b(place, gain) USING (place)
                  ORDER BY place
                )
                FROM (
                  SELECT application_id, floor(start / 24576.0)::int AS period, channel_id,
                    array_agg((start - floor(start / 24576.0)::int * 24576) / 96 + 1) AS places, array_agg(broadcast) AS gains
                  FROM channel_counts
                  WHERE span = 96
                  GROUP BY 1, 2, 3
                  ORDER BY 1, 2, 3
                ) g;
                DELETE FROM channel_counts WHERE span > 24;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                INSERT INTO channel_counts (application_id, span, start, channel_id, broadcast)
                SELECT c.application_id, l.span, c.start - (c.start % l.span + l.span) % l.span AS first, c.channel_id, sum(c.broadcast)
                FROM channel_counts c
                CROSS JOIN (VALUES (96), (384), (1536), (6144)) AS l(span)
                WHERE c.span = 24
                  AND c.start - (c.start % l.span + l.span) % l.span + l.span <= (SELECT watermark FROM rollup_state)
                GROUP BY 1, 2, 3, 4;
                """);

            migrationBuilder.DropTable(
                name: "channel_running_counts");

            migrationBuilder.DropIndex(
                name: "ix_channels_deleted",
                table: "channels");
        }
    }
}
