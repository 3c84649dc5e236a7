using System.Net;
using System.Text;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Secrets of users: only the application can read them (docs/contracts/platform.md#user-secrets).</summary>
public sealed class SecretsTests : PlatformTest
{
    private const string Token = "/v1/users/2/secrets/token";

    [TestCase("\"hunter2\"")]
    [TestCase("""{"Refresh_Token":"x","nested":{"a":[1,null,1e400]}}""")]
    [TestCase("[]")]
    [TestCase("0")]
    [TestCase("false")]
    [TestCase("\"\"")]
    [TestCase("""{"nul":"\u0000","half":"\ud83c","sun":"🌞"}""")]
    public async Task Any_json_is_stored_unchanged(string json)
    {
        await PutAsync(Token, $$"""{"secret":{{json}}}""");

        Assert.That(await ReadAsync(Token), Is.EqualTo($$"""{"secret":{{json}}}"""));
        Assert.That(await ReadAsync(Token, "application/vnd.chatkitty+json"), Is.EqualTo($$"""{"secret":{{json}}}"""));
    }

    [Test]
    public async Task Setting_replacing_and_deleting_a_secret_returns_the_user()
    {
        var user = (await GetAsync("/v1/users/2")).ToJsonString();

        Assert.That((await PutAsync(Token, """{"secret":1}""")).ToJsonString(), Is.EqualTo(user));
        await PutAsync(Token, """{"secret":2}""");
        await PutAsync("/v1/users/2/secrets/other%20%F0%9F%8C%9E", """{"secret":3}""");
        Assert.That((int)(await GetAsync(Token))["secret"]!, Is.EqualTo(2));
        Assert.That((int)(await GetAsync("/v1/users/2/secrets/other%20%F0%9F%8C%9E"))["secret"]!, Is.EqualTo(3));

        Assert.That((await DeleteAsync(Token)).ToJsonString(), Is.EqualTo(user));
        await GetAsync(Token, HttpStatusCode.NotFound);
        await DeleteAsync(Token, HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Secret_is_not_cached()
    {
        await PutAsync(Token, """{"secret":"hunter2"}""");

        using var response = await Caller.GetAsync(new Uri(Token, UriKind.Relative));

        Assert.That(response.Headers.CacheControl!.NoStore, Is.True);
    }

    [Test]
    public async Task Stored_secret_is_encrypted_with_a_new_nonce_each_time()
    {
        await PutAsync(Token, """{"secret":"hunter2"}""");
        var first = await ScalarAsync<byte[]>("select value from user_secrets");
        await PutAsync(Token, """{"secret":"hunter2"}""");
        var second = await ScalarAsync<byte[]>("select value from user_secrets");

        Assert.That(Encoding.UTF8.GetString(first), Does.Not.Contain("hunter2"));
        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(await ScalarAsync<string>("select coalesce(string_agg(e::text, ''), '') from events e"), Does.Not.Contain("hunter2"));
    }

    [TestCase("update user_secrets set user_id = 1", "/v1/users/1/secrets/token")]
    [TestCase("update user_secrets set name = 'other'", "/v1/users/2/secrets/other")]
    [TestCase("update user_secrets set value = set_byte(value, 40, get_byte(value, 40) # 1)", Token)]
    [TestCase("update user_secrets set value = substr(value, 1, 20)", Token)]
    [TestCase("update user_secrets set value = ''", Token)]
    [TestCase("delete from data_keys", Token)]
    public async Task Secret_moved_or_changed_in_the_database_cannot_be_decrypted(string change, string path)
    {
        await PutAsync(Token, """{"secret":"hunter2"}""");
        await ExecuteAsync(change);

        var refused = await GetAsync(path, HttpStatusCode.InternalServerError);

        Assert.That(refused.ToJsonString(), Does.Not.Contain("hunter2").And.Not.Contain("Cryptographic"));
    }

    [Test]
    public async Task Secret_moved_to_another_application_with_its_key_cannot_be_decrypted()
    {
        await PutAsync(Token, """{"secret":"hunter2"}""");
        await ExecuteAsync(
            """
            update data_keys set application_id = 2;
            insert into user_secrets select 2, 7, name, value, changed_time from user_secrets
            """);

        await SendAsync(
            HttpMethod.Get, "/v1/users/7/secrets/token", null, HttpStatusCode.InternalServerError,
            client: ClientFor(Testing.SeededCommunity.Hillside));
    }

    [Test]
    public async Task Secrets_are_deleted_with_their_user()
    {
        await PutAsync(Token, """{"secret":"hunter2"}""");

        await DeleteAsync("/v1/users/2");

        Assert.That(await ScalarAsync<long>("select count(*) from user_secrets"), Is.Zero);
        await GetAsync(Token, HttpStatusCode.NotFound);
        await PutAsync(Token, """{"secret":1}""", HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Concurrent_writes_keep_one_secret()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => PutAsync(Token, $$"""{"secret":{{i}}}""")));

        Assert.That(await ScalarAsync<long>("select count(*) from user_secrets"), Is.EqualTo(1));
        Assert.That((int)(await GetAsync(Token))["secret"]!, Is.InRange(0, 19));
    }

    [TestCase("token", "{}", "secret")]
    [TestCase("token", """{"secret":null}""", "secret")]
    [TestCase("token", "[]", "body")]
    [TestCase("token", """{"secret":""", "body")]
    [TestCase("%20", """{"secret":1}""", "name")]
    public async Task Invalid_secret_is_rejected_with_the_field_name(string name, string body, string field)
    {
        var refused = await PutAsync($"/v1/users/2/secrets/{name}", body, HttpStatusCode.BadRequest);

        Assert.That(refused["properties"]!.AsObject().Select(pair => pair.Key), Is.EqualTo([field]));
    }

    [Test]
    public async Task Names_and_values_are_bounded()
    {
        await PutAsync($"/v1/users/2/secrets/{new string('n', 255)}", $$"""{"secret":"{{new string('x', 65_534)}}"}""");
        await PutAsync($"/v1/users/2/secrets/{new string('n', 256)}", """{"secret":1}""", HttpStatusCode.BadRequest);
        await PutAsync(Token, $$"""{"secret":"{{new string('x', 65_535)}}"}""", HttpStatusCode.BadRequest);
    }

    private async Task<string> ReadAsync(string path, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Caller.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
