using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

public sealed class MetricsTests : TelegramTest
{
    [Test]
    public async Task Calls_are_counted_by_outcome_and_the_queue_is_measured()
    {
        var measured = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name.StartsWith("chatplatform.chat_calls", StringComparison.Ordinal))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue(
            $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"));
        listener.Start();
        var chatId = await TelegramChatAsync();
        Telegram.Refuse("sendMessage", 400, "Bad Request: message text is empty");
        await SendMessageAsync(chatId, "Refused");
        await SendMessageAsync(chatId, "Taken");
        await UntilOutboxIsEmptyAsync();
        Telegram.Refuse("sendMessage", 429, "Too Many Requests: retry after 900", new { retry_after = 900 });
        await SendMessageAsync(chatId, "Waiting");
        await UntilLastErrorAsync(chatId, "Too Many Requests");

        using var health = await Anonymous().GetAsync("/health/ready");
        listener.RecordObservableInstruments();

        Assert.That(measured, Is.SupersetOf(new[]
        {
            "chatplatform.chat_calls 1 telegram refused",
            "chatplatform.chat_calls 1 telegram done",
            "chatplatform.chat_calls 1 telegram later",
            "chatplatform.chat_calls.queued 1 telegram",
        }));
    }
}
