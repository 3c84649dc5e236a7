using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using ChatPlatform.WebApi.Dialects.Platform.Jobs;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.FunctionalTests.Hosting;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>
/// Checks every operation of the running server against docs/contracts/platform.md#operations: status, media type, every member and
/// enumeration, exact links, both cases of names, entity tags, and idempotency keys.
/// </summary>
public sealed class ContractTests : PlatformTest
{
    private const string SnakeCase = "application/vnd.chatkitty+json";

    protected override void Configure(ServerFactory server) => ScriptedRuntime.In(server);

    private IReadOnlyList<TableRoute> Routes => field ??=
    [
        .. TableRoute.ReadAll(Server.Services).Where(route => route is { Dialect: "platform", IsAlias: false }
            && !Operations.Elsewhere.Contains(route.Name))
            .DistinctBy(route => route.Name),
    ];

    [Test]
    public void Every_operation_has_a_sample() =>
        Assert.That(Routes.Select(route => route.Name), Is.EquivalentTo(Operations.All.Keys));

    [TestCase(null)]
    [TestCase(SnakeCase)]
    public async Task Operations_follow_the_contract(string? accept)
    {
        var wrong = new List<string>();
        foreach (var route in Routes)
        {
            var operation = Operations.All[route.Name];
            var (response, body) = IsList(route)
                ? await ListAsync(Lists.Paths[route.Name][0], accept)
                : await PerformAsync(route, operation, accept);
            using (response)
            {
                wrong.AddRange(Faults(route, operation, response, body, accept == SnakeCase).Select(fault => $"{route.Name}: {fault}"));
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    [Test]
    public async Task Single_resources_have_an_entity_tag_and_support_304()
    {
        var wrong = new List<string>();
        foreach (var route in Routes.Where(route => route.Method == "GET" && !IsList(route) && !route.Template.Contains("/secrets/")))
        {
            var (response, _) = await PerformAsync(route, Operations.All[route.Name]);
            using var first = response;
            var tag = first.Headers.ETag?.ToString();
            var path = first.RequestMessage!.RequestUri!.PathAndQuery;
            using var again = await SendAsync("GET", path, null, ("If-None-Match", tag ?? "none"));
            using var other = await SendAsync("GET", path, null, ("If-None-Match", "\"another\""));
            if (tag is null || again.StatusCode is not HttpStatusCode.NotModified || other.StatusCode is not HttpStatusCode.OK
                || (await again.Content.ReadAsByteArrayAsync()).Length > 0)
            {
                wrong.Add($"{route.Name}: {tag}, {(int)again.StatusCode}, {(int)other.StatusCode}");
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    [Test]
    public async Task A_post_repeated_with_a_key_gets_the_first_response_and_does_nothing()
    {
        var wrong = new List<string>();
        foreach (var route in Routes.Where(route => route.Method == "POST" && Operations.All[route.Name].Body is not null))
        {
            var operation = Operations.All[route.Name];
            var (response, body) = await PerformAsync(route, operation, header: ("Idempotency-Key", "k"));
            using var first = response;
            var path = first.RequestMessage!.RequestUri!.PathAndQuery;
            var rows = await RowsAsync();
            using var again = await SendAsync("POST", path, operation.Body, ("Idempotency-Key", "k"));
            using var other = await SendAsync("POST", path, operation.Body + " ", ("Idempotency-Key", "k"));
            var repeated = await again.Content.ReadAsStringAsync();
            if (again.StatusCode != first.StatusCode || repeated != body || await RowsAsync() != rows
                || other.StatusCode is not HttpStatusCode.BadRequest)
            {
                wrong.Add($"{route.Name}: {(int)first.StatusCode} {body}\n  "
                    + $"then {(int)again.StatusCode} {repeated}, other {(int)other.StatusCode}");
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    [TestCase("alice", HttpStatusCode.OK)]
    [TestCase("nobody", HttpStatusCode.NotFound)]
    [TestCase("ALICE", HttpStatusCode.NotFound)]
    [TestCase("", HttpStatusCode.BadRequest)]
    public async Task Head_shows_by_its_status_whether_a_name_is_taken(string name, HttpStatusCode expected)
    {
        foreach (var root in new[] { "/v1", "/v1/applications/1" })
        {
            using var response = await SendAsync("HEAD", $"{root}/users?name={name}", null);

            Assert.That(response.StatusCode, Is.EqualTo(expected), root);
            Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);
        }
    }

    private static bool IsList(TableRoute route) => Lists.Paths.ContainsKey(route.Name);

    private static IEnumerable<string> Faults(TableRoute route, Operation operation, HttpResponseMessage response, string body, bool snake)
    {
        if ((int)response.StatusCode != operation.Status)
        {
            return [$"{(int)response.StatusCode} {body}"];
        }

        if (operation.Shape is null)
        {
            return body.Length == 0 ? [] : [body];
        }

        var expected = snake ? SnakeCase : "application/json";
        var type = response.Content.Headers.ContentType?.MediaType;
        var json = Json.Parse(body);
        return (type == expected ? [] : new[] { $"is {type}" }).Concat(
            IsList(route) ? PageFaults(route, operation, json, snake) : Shapes.Faults(json, operation.Shape, snake, Base));
    }

    private static IEnumerable<string> PageFaults(TableRoute route, Operation operation, JsonNode page, bool snake)
    {
        var metadata = route.ResponseType == typeof(PageResource) ? "Pages"
            : route.ResponseType == typeof(JobErrorsResource) ? "Indexes"
            : "Cursors";
        var items = page["_embedded"]?.AsObject().SingleOrDefault().Value?.AsArray() ?? [];
        return items.SelectMany(item => Shapes.Faults(item, operation.Shape!, snake, Base))
            .Concat(Shapes.Faults(page["page"], metadata, snake, Base))
            .Concat(items.Count == 2 ? [] : [$"has {items.Count} items"])
            .Concat(page["_links"]?["self"] is null || page["_links"]?["next"] is null ? ["does not link to itself and onwards"] : []);
    }

    private async Task<(HttpResponseMessage Response, string Body)> ListAsync(string path, string? accept)
    {
        await BeginAsync();
        await Lists.FillAsync(Database, 3);
        var response = await SendAsync("GET", $"/v1{path}{(path.EndsWith('?') ? "" : "&")}size=2", null, ("Accept", accept));
        return (response, await response.Content.ReadAsStringAsync());
    }

    private async Task<(HttpResponseMessage Response, string Body)> PerformAsync(
        TableRoute route, Operation operation, string? accept = null, (string Name, string? Value) header = default)
    {
        await BeginAsync();
        string? id = null;
        foreach (var step in operation.Given)
        {
            if (step.StartsWith("SQL ", StringComparison.Ordinal))
            {
                await using var command = Database.DataSource.CreateCommand(step[4..]);
                id = (await command.ExecuteScalarAsync())!.ToString();
                continue;
            }

            var parts = step.Split(' ', 3);
            var address = "/v1" + parts[1].Replace("{id}", id, StringComparison.Ordinal);
            using var created = await SendAsync(parts[0], address, parts.ElementAtOrDefault(2));
            var text = await created.Content.ReadAsStringAsync();
            Assert.That(created.IsSuccessStatusCode, $"{step}: {text}");
            id = Json.Parse(text)["id"]?.ToString();
        }

        var path = "/v1" + operation.Path.Replace("{id}", id, StringComparison.Ordinal);
        var response = await SendAsync(route.Method, path, operation.Body, ("Accept", accept), header);
        return (response, await response.Content.ReadAsStringAsync());
    }

    private async Task BeginAsync()
    {
        await Database.ResetAsync();
        Caller.Dispose();
        CreateCaller();
    }

    private async Task<HttpResponseMessage> SendAsync(
        string method, string path, string? body, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Content = path.Contains("/imports/", StringComparison.Ordinal)
            ? new MultipartFormDataContent { { new StringContent("[]"), "file", "items.json" } }
            : body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Caller.SendAsync(request);
    }

    private async Task<long> RowsAsync()
    {
        await using var command = Database.DataSource.CreateCommand(
            """
            SELECT sum((xpath('/row/c/text()', counted))[1]::text::bigint)::bigint
            FROM information_schema.tables, query_to_xml(format('SELECT count(*) AS c FROM %I', table_name), false, true, '') counted
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
            """);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
