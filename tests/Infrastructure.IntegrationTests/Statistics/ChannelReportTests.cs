using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

public sealed class ChannelReportTests : DatabaseTest
{
    [Test]
    public async Task Deleted_channels_are_not_listed([Values] bool folded)
    {
        var history = new History(Database, Hillside.Id);
        var channels = new List<long>();
        for (var messages = 7; messages > 0; messages--)
        {
            channels.Add(await history.AddChannelAsync(ChannelType.Public, Clock.Now));
            for (var i = 0; i < messages; i++)
            {
                await history.SendAsync(channels[^1], HillsideAlice.Id, Clock.Now.AddDays(-1), broadcast: true);
            }
        }

        if (folded)
        {
            await Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        }

        await using var delete = DataSource.CreateCommand(
            $"UPDATE channels SET deleted_time = now() WHERE id IN ({channels[0]}, {channels[1]})");
        await delete.ExecuteNonQueryAsync();

        var (from, to) = (Clock.Now.AddDays(-7), Clock.Now);
        var popular = (await SendAsync(Hillside, new ListPopularChannels(from, to))).Value;
        var page = (await SendAsync(Hillside, new ListChannelActivity(from, to, Limit: 2))).Value;
        var last = (await SendAsync(Hillside, new ListChannelActivity(from, to, OnlyActive: true, Offset: 5, Limit: 2))).Value;

        // The lobby has one message as well, and a lower id.
        Assert.That(popular.Select(channel => channel.ChannelId), Is.EqualTo([.. channels[2..6], HillsideLobby.Id]));
        Assert.That(page.Channels.Select(channel => channel.ChannelId), Is.EqualTo(channels[2..4]));
        Assert.That(last.Channels.Select(channel => channel.ChannelId), Is.EqualTo(channels[6..]));
        Assert.That((page.Total, last.Total), Is.EqualTo((6, 6)));
    }
}
