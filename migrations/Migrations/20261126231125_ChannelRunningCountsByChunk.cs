using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatPlatform.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class ChannelRunningCountsByChunk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "channel_running_counts");

            migrationBuilder.CreateTable(
                name: "channel_running_counts",
                columns: table => new
                {
                    application_id = table.Column<long>(type: "bigint", nullable: false),
                    chunk = table.Column<long>(type: "bigint", nullable: false),
                    span = table.Column<short>(type: "smallint", nullable: false),
                    start = table.Column<int>(type: "integer", nullable: false),
                    counts = table.Column<long[]>(type: "bigint[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_running_counts", x => new { x.application_id, x.chunk, x.span, x.start });
                });

            // Made of the blocks of 6 hours: days counted on from the beginning of their 64 days, and those from the beginning of all.
            migrationBuilder.Sql(
                """
                WITH gains AS (
                  SELECT c.application_id, c.channel_id / 128 AS chunk, (c.channel_id % 128)::int + 1 AS place, l.span,
                    floor(c.start / l.span::numeric)::int * l.span AS start,
                    CASE l.span WHEN 96 THEN floor(c.start / 6144.0)::int ELSE 0 END AS origin,
                    sum(c.broadcast) AS gain
                  FROM channel_counts c
                  CROSS JOIN (VALUES (96), (6144)) AS l(span)
                  WHERE c.span = 24
                    AND floor(c.start / l.span::numeric)::int * l.span + l.span <= (SELECT watermark FROM rollup_state)
                  GROUP BY 1, 2, 3, 4, 5, 6
                )
                INSERT INTO channel_running_counts (application_id, chunk, span, start, counts)
                SELECT application_id, chunk, span, start, array_agg(count ORDER BY place)
                FROM (
                  SELECT application_id, chunk, span, start, place,
                    (sum(sum(gain)) OVER (PARTITION BY application_id, chunk, span, origin, place ORDER BY start))::bigint AS count
                  FROM (
                    SELECT application_id, chunk, span, origin, start, place, gain FROM gains
                    UNION ALL
                    SELECT r.application_id, r.chunk, r.span, r.origin, r.start, p.place, 0
                    FROM (SELECT DISTINCT application_id, chunk, span, origin, start FROM gains) r
                    CROSS JOIN generate_series(1, 128) AS p(place)
                  ) g
                  GROUP BY application_id, chunk, span, origin, start, place
                ) c
                GROUP BY application_id, chunk, span, start
                ORDER BY application_id, chunk, span, start;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "channel_running_counts");

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
                  SELECT application_id, floor(day / 256.0)::int AS period, channel_id,
                    array_agg(day - floor(day / 256.0)::int * 256 + 1) AS places, array_agg(gain) AS gains
                  FROM (
                    SELECT application_id, floor(start / 96.0)::int AS day, channel_id, sum(broadcast) AS gain
                    FROM channel_counts
                    WHERE span = 24 AND floor(start / 96.0)::int * 96 + 96 <= (SELECT watermark FROM rollup_state)
                    GROUP BY 1, 2, 3
                  ) d
                  GROUP BY 1, 2, 3
                  ORDER BY 1, 2, 3
                ) g;
                """);
        }
    }
}
