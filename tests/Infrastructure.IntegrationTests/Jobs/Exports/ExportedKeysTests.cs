using System.Text.Json.Nodes;
using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Jobs;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs.Exports;

/// <summary>Ids repeat in other applications, keys do not (docs/contracts/platform.md#exports).</summary>
internal sealed class ExportedKeysTests : ApplicationExportTest
{
    [Test]
    public async Task Rows_added_to_an_imported_application_reach_the_next_one()
    {
        var (second, third) = (await CreateApplicationAsync("second"), await CreateApplicationAsync("third"));
        await ImportExportAsync(await ExportAsync(Riverside), second);
        foreach (var name in new[] { "una", "duo", "tria" })
        {
            await DoAsync(new CreateUser(name, name), second);
        }

        var channel = await DoAsync(new CreateChannel(ChannelType.Public, "fresh", null, Named("una"), null), second);
        await DoAsync(new CreateThread(channel.Id, "aside", null), second);
        var message = await DoAsync(new SendMessage(MessageTarget.Channel(channel.Id), Named("una"), "one"), second);
        await DoAsync(new SendMessage(MessageTarget.Thread(message.Id), Named("duo"), "two"), second);
        var export = await ExportAsync(second);

        await ImportExportAsync(export, third);

        Assert.That(Keys(export), Is.Unique);
        foreach (var table in new[] { "users", "channels", "threads", "channel_members", "messages" })
        {
            Assert.That(
                await CountAsync($"{table} where application_id = {third.Id}"),
                Is.EqualTo(await CountAsync($"{table} where application_id = {second.Id}")).And.Positive,
                table);
        }

        Assert.That(await ExportAsync(third), Is.EqualTo(export));
    }

    [Test]
    public async Task An_export_adds_nothing_to_its_own_application()
    {
        var export = await ExportAsync(Riverside);

        Assert.That(await ImportExportAsync(export, Riverside), Is.Zero);

        Assert.That(await ExportAsync(Riverside), Is.EqualTo(export));
    }

    [Test]
    public async Task A_key_as_exports_generate_it_is_not_taken_twice()
    {
        var key = Keys(await ExportAsync(Riverside)).First(key => key.EndsWith($"/user/{Alice.Id}", StringComparison.Ordinal))[2..];

        var job = await ImportAsync(JobType.UserImport, [new { name = "forged", idempotencyKey = key }]);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 0, 1, 0)));
        Assert.That(Keys(await ExportAsync(Riverside)), Is.Unique);
    }

    [Test]
    public async Task Keys_of_exports_of_earlier_versions_are_imported_and_kept()
    {
        var job = await ImportAsync(JobType.UserImport, [new { name = "earlier", idempotencyKey = $"~{Riverside.Id}/user/{Alice.Id}" }]);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 1, 0, 0)));
        var keys = Keys(await ExportAsync(Riverside));
        Assert.That(keys, Is.Unique.And.Contains($"u ~{Riverside.Id}/user/{Alice.Id}"));
    }

    private static UserReference Named(string name) => new(null, name);

    /// <summary>Keys of users and channels; of messages and threads, which share their keys.</summary>
    private static List<string> Keys(byte[] export)
    {
        var parts = Unpack(export);
        return
        [
            .. Items("users").Select(item => "u " + item["idempotencyKey"]),
            .. Items("channels").Select(item => "c " + item["idempotencyKey"]),
            .. Items("channels").SelectMany(item => item["threads"]?.AsArray() ?? []).Select(thread => "m " + thread!["idempotencyKey"]),
            .. Items("messages").Select(item => "m " + item["idempotencyKey"]),
        ];

        IEnumerable<JsonNode> Items(string part) =>
            parts[part].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!);
    }
}
