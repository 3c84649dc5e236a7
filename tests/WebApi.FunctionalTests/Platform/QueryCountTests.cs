using System.Text;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>
/// Each list takes as many commands for one row as for two hundred, with complete rows. The approved table holds the numbers.
/// </summary>
public sealed class QueryCountTests : PlatformTest
{
    /// <summary>One for the caller, one for the total, the rest for data of the rows.</summary>
    private const int AtMost = 12;

    [Test]
    public async Task A_long_page_takes_as_many_commands_as_a_short_one()
    {
        var routes = Lists.Routes(Server.Services).ToList();
        Assert.That(routes.Select(route => route.Name), Is.EquivalentTo(Lists.Paths.Keys), "a path for each list");

        await Lists.FillAsync(Database, 1);
        var one = await CountAsync(1);
        await Database.ResetAsync();
        Caller.Dispose();
        CreateCaller();
        await Lists.FillAsync(Database, 200);
        var many = await CountAsync(200);

        Assert.Multiple(() =>
        {
            foreach (var (path, (count, commands)) in many)
            {
                var shown = $"{path}\n1 row: {one[path].Commands}\n\n200 rows: {commands}";
                Assert.That(count, Is.EqualTo(one[path].Count).And.AtMost(AtMost), shown);
            }
        });
        var table = new StringBuilder();
        foreach (var (path, (count, _)) in many)
        {
            table.Append($"{count,2}  {path}\n");
        }

        Approved.MatchesText(table.ToString(), "Platform/query-counts");
    }

    private async Task<Dictionary<string, (int Count, string Commands)>> CountAsync(int size)
    {
        var counts = new Dictionary<string, (int, string)>();
        foreach (var path in Lists.Paths.Values.SelectMany(paths => paths))
        {
            var separator = path.EndsWith('?') ? "" : "&";
            using var counter = CommandCounter.Start();
            var page = await GetAsync($"/v1{path}{separator}size={size}");
            counts[path] = (counter.Count, counter.ToString());
            Assert.That(page["_embedded"]!.AsObject().Single().Value!.AsArray(), Has.Count.EqualTo(size), path);
        }

        return counts;
    }
}
