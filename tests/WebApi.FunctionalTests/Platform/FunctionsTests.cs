using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Functions, versions and runtimes without running scripts (docs/contracts/platform.md#chat-functions).</summary>
public sealed class FunctionsTests : FunctionTest
{
    private const string Functions = "/v1/runtimes/nodejs/functions";
    private const string Handler = "async function handleEvent(event, context) { return event; }";

    [Test]
    public async Task A_function_is_enabled_by_its_first_version()
    {
        var created = await PostAsync(
            Functions, """{"type":"user.sent.message","name":"Greeter","description":"Greets","initializeAsynchronously":true}""");
        var id = (long)created["id"]!;

        Assert.That(((bool)created["enabled"]!, (int)created["currentVersionNumber"]!), Is.EqualTo((false, 0)));
        Assert.That(created["failOpen"], Is.Null, "it is not a blocking function");
        await GetAsync($"/v1/functions/{id}/current-version", HttpStatusCode.NotFound);

        var first = await SaveAsync(id, Handler);
        var second = await SaveAsync(id, Handler + "// 2");
        var function = await GetAsync($"/v1/functions/{id}");
        var current = await GetAsync($"/v1/applications/1/functions/{id}/current-version");

        Assert.That(((int)first["versionNumber"]!, (int)second["versionNumber"]!), Is.EqualTo((1, 2)));
        Assert.That(((bool)function["enabled"]!, (int)function["currentVersionNumber"]!), Is.EqualTo((true, 2)));
        Assert.That(JsonNode.DeepEquals(current, second), $"{current}");
        Assert.That(Values(await GetAsync($"/v1/functions/{id}/versions"), "versions", "versionNumber"), Is.EqualTo(["2", "1"]));
        Assert.That((string)(await GetAsync($"/v1/function-versions/{first["id"]}"))["handlerScript"]!, Is.EqualTo(Handler));
    }

    [Test]
    public async Task Concurrent_versions_get_consecutive_numbers()
    {
        var id = await FunctionAsync();

        var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SaveAsync(id, $"{Handler}// {i}")));

        Assert.That(versions.Select(version => (int)version["versionNumber"]!).Order(), Is.EqualTo(Enumerable.Range(1, 8)));
        Assert.That((int)(await GetAsync($"/v1/functions/{id}"))["currentVersionNumber"]!, Is.EqualTo(8));
    }

    [Test]
    public async Task A_function_can_be_disabled_renamed_and_removed()
    {
        var id = await FunctionAsync();
        await PatchAsync($"/v1/functions/{id}", """{"enabled":true}""", HttpStatusCode.BadRequest);
        var version = await SaveAsync(id, Handler);

        var disabled = await PatchAsync($"/v1/functions/{id}", """{"enabled":false,"name":"Other","description":"d"}""");
        await SaveAsync(id, Handler);
        var later = await PatchAsync($"/v1/functions/{id}", """{"description":null}""");

        Assert.That(
            ((bool)disabled["enabled"]!, (string)disabled["name"]!, (string)disabled["description"]!), Is.EqualTo((false, "Other", "d")));
        Assert.That(
            ((bool)later["enabled"]!, later["description"]), Is.EqualTo((false, (JsonNode?)null)), "a new version does not enable it");
        await PatchAsync($"/v1/functions/{id}", """{"failOpen":true}""", HttpStatusCode.BadRequest);
        await PatchAsync($"/v1/functions/{id}", """{"enabled":null}""", HttpStatusCode.BadRequest);
        await DeleteAsync($"/v1/functions/{id}");
        await GetAsync($"/v1/functions/{id}", HttpStatusCode.NotFound);
        await GetAsync($"/v1/function-versions/{version["id"]}", HttpStatusCode.NotFound);
        await DeleteAsync($"/v1/functions/{id}", HttpStatusCode.NotFound);
    }

    [TestCase("user.attempted.start_session", false)]
    [TestCase("user.attempted.send_message", true)]
    public async Task Blocking_functions_have_a_default_for_failOpen(string type, bool open)
    {
        var created = await PostAsync(Functions, $$"""{"type":"{{type}}","name":"Guard"}""");
        var changed = await PatchAsync($"/v1/functions/{created["id"]}", $$"""{"failOpen":{{(open ? "false" : "true")}}}""");

        Assert.That(((bool)created["failOpen"]!, (bool)changed["failOpen"]!), Is.EqualTo((open, !open)));
    }

    [TestCase("""{"name":"x"}""", "type")]
    [TestCase("""{"type":"user.sent.nothing","name":"x"}""", "type")]
    [TestCase("""{"type":"user.sent.message"}""", "name")]
    [TestCase("""{"type":"user.sent.message","name":" "}""", "name")]
    [TestCase("""{"type":"user.sent.message","name":"x","initializeAsynchronously":"yes"}""", "initializeAsynchronously")]
    [TestCase("""{"type":7,"name":"x"}""", "type")]
    public async Task Functions_without_a_valid_type_and_name_are_refused(string body, string field) =>
        Assert.That((await PostAsync(Functions, body, HttpStatusCode.BadRequest))["properties"]!.AsObject().ContainsKey(field), body);

    [Test]
    public async Task A_script_that_does_not_parse_is_refused_with_line_and_column()
    {
        var id = await FunctionAsync();
        const string broken = """{"handlerScript":"let a = 1;\nlet b = ???"}""";

        var refused = await PostAsync($"/v1/functions/{id}/versions", broken, HttpStatusCode.BadRequest);

        Assert.That((string)refused["properties"]!["handlerScript"]![0]!, Does.StartWith("line 2, column 9: "));
        await PostAsync($"/v1/functions/{id}/test", broken, HttpStatusCode.BadRequest);
        await PutAsync("/v1/runtimes/nodejs/initialization-script", """{"script":"???"}""", HttpStatusCode.BadRequest);
        Assert.That((int)(await GetAsync($"/v1/functions/{id}"))["currentVersionNumber"]!, Is.Zero);
    }

    [TestCase("null")]
    [TestCase("7")]
    [TestCase("\"a\\u0000b\"")]
    [TestCase("\"\\ud800\"")]
    public async Task Invalid_scripts_are_refused(string script)
    {
        var id = await FunctionAsync();

        await PostAsync($"/v1/functions/{id}/versions", $$"""{"handlerScript":{{script}}}""", HttpStatusCode.BadRequest);
        await PutAsync("/v1/runtimes/nodejs/initialization-script", $$"""{"script":{{script}}}""", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Scripts_can_have_one_megabyte()
    {
        var id = await FunctionAsync();
        var longest = new string('x', 1024 * 1024);

        var version = await SaveAsync(id, longest);

        Assert.That((string)version["handlerScript"]!, Has.Length.EqualTo(longest.Length));
        await PostAsync($"/v1/functions/{id}/versions", $$"""{"handlerScript":"{{longest}}x"}""", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Custom_variables_are_replaced_and_stored_encrypted()
    {
        var first = await GetAsync("/v1/runtimes/nodejs");
        await PutAsync("/v1/runtimes/nodejs/environment-variables", """{"Old_one":"1","CUSTOM_region":"us"}""");
        var runtime = await PutAsync("/v1/runtimes/nodejs/environment-variables", """{"CUSTOM_region":"eu-1"}""");

        Assert.That(runtime["environmentVariables"]!.AsObject().Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(
        [
            "CHATKITTY_CLIENT_ID=riverside", "CHATKITTY_CLIENT_SECRET=********", "CHATKITTY_APPLICATION_ID=1",
            "CHATKITTY_CHAT_SERVICE_BASE_URL=http://localhost", "CHATKITTY_AUTHORIZATION_SERVICE_BASE_URL=http://localhost",
            "CUSTOM_region=eu-1",
        ]));
        Assert.That(((string)first["version"]!, (string)runtime["version"]!), Is.EqualTo(("v0.0.0", "v0.0.2")));
        await using var command = Database.DataSource.CreateCommand(
            "SELECT count(*) FROM runtime_variables WHERE position('eu-1'::bytea in value) > 0");
        Assert.That(await command.ExecuteScalarAsync(), Is.Zero);
    }

    [TestCase("""{"CHATKITTY_CLIENT_SECRET":"x"}""")]
    [TestCase("""{"NODE_OPTIONS":"--inspect"}""")]
    [TestCase("""{"LD_PRELOAD":"/x"}""")]
    [TestCase("""{"path":"/x"}""")]
    [TestCase("""{"":"x"}""")]
    [TestCase("""{"a-b":"x"}""")]
    [TestCase("""{"a=b":"x"}""")]
    [TestCase("""{"a":null}""")]
    [TestCase("""{"a":1}""")]
    [TestCase("""{"a":"\u0000"}""")]
    [TestCase("[]")]
    public Task Invalid_variables_are_refused(string body) =>
        PutAsync("/v1/runtimes/nodejs/environment-variables", body, HttpStatusCode.BadRequest);

    [TestCase("""[{"name":"Left Pad","version":"1"}]""")]
    [TestCase("""[{"name":"../x","version":"1"}]""")]
    [TestCase("""[{"name":"left-pad"}]""")]
    [TestCase("""[{"name":"left-pad","version":"https://example.com/x.tgz"}]""")]
    [TestCase("""[{"name":"left-pad","version":"file:../x"}]""")]
    [TestCase("""[{"name":"left-pad","version":"npm:other@1"}]""")]
    [TestCase("""[{"name":"left-pad","version":"1"},{"name":"left-pad","version":"2"}]""")]
    [TestCase("[null]")]
    [TestCase("{}")]
    public Task Invalid_packages_are_refused(string body) =>
        PutAsync("/v1/runtimes/nodejs/dependencies", body, HttpStatusCode.BadRequest);

    [Test]
    public async Task Packages_are_installed_by_a_job()
    {
        var runtime = await PutAsync("/v1/runtimes/nodejs/dependencies", """[{"name":"left-pad","version":"^1.3.0"}]""");
        var job = await GetAsync("/v1" + LinksOf(runtime)["installation"]);

        Assert.That((string)runtime["dependencies"]!.AsArray().Single()!["name"]!, Is.EqualTo("left-pad"), "as requested");
        Assert.That((string)runtime["installation"]!["state"]!, Is.EqualTo("PENDING"));
        Assert.That(((string)job["type"]!, (string)job["state"]!), Is.EqualTo(("DEPENDENCY_INSTALLATION", "PENDING")));
    }

    [Test]
    public async Task A_runtime_change_with_an_outdated_version_is_refused()
    {
        await PutAsync("/v1/runtimes/nodejs/initialization-script", """{"script":"const a = 1;"}""");
        using var read = await Caller.GetAsync(new Uri("/v1/runtimes/nodejs", UriKind.Relative));
        await PutAsync("/v1/runtimes/nodejs/initialization-script", """{"script":""}""");
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/runtimes/nodejs/environment-variables");
        request.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.Tag);
        request.Content = new StringContent("""{"A":"b"}""", System.Text.Encoding.UTF8, "application/json");

        using var response = await Caller.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That((await GetAsync("/v1/runtimes/nodejs"))["initializationScript"], Is.Null, "an empty script removes it");
    }

    [Test]
    public async Task Functions_of_another_application_are_not_found()
    {
        using var hillside = Server.ClientFor(Hillside);
        var theirs = await SendAsync(
            HttpMethod.Post, Functions, """{"type":"user.sent.message","name":"Hill"}""", HttpStatusCode.OK, client: hillside);

        await GetAsync($"/v1/functions/{theirs["id"]}", HttpStatusCode.NotFound);
        await PostAsync($"/v1/functions/{theirs["id"]}/versions", $$"""{"handlerScript":"{{Handler}}"}""", HttpStatusCode.NotFound);
        Assert.That((await GetAsync(Functions))["_embedded"], Is.Null);
    }

    private async Task<long> FunctionAsync() =>
        (long)(await PostAsync(Functions, """{"type":"user.sent.message","name":"Greeter"}"""))["id"]!;

    private Task<JsonNode> SaveAsync(long id, string script) =>
        PostAsync($"/v1/functions/{id}/versions", new JsonObject { ["handlerScript"] = script }.ToJsonString());
}
