using ChatPlatform.Domain.Chats;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Chats;

public sealed class ChatOutboxEntryTests
{
    private static readonly DateTime Now = new(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc);

    [Test]
    public void Entry_is_claimed_postponed_and_finished()
    {
        var entry = ChatOutboxEntry.Create(1, Guid.NewGuid(), "{}", 7, Now);
        entry.Claim(Now, TimeSpan.FromMinutes(1));
        Assert.That(
            (entry.State, entry.WasInterrupted, entry.LeaseUntil),
            Is.EqualTo((ChatOutboxState.InProgress, true, Now.AddMinutes(1))));

        entry.Postpone(new string('x', 1_000), Now.AddSeconds(5));
        Assert.That(
            (entry.State, entry.NotBefore, entry.LeaseUntil),
            Is.EqualTo((ChatOutboxState.Pending, Now.AddSeconds(5), (DateTime?)null)));
        Assert.That(entry.Error, Has.Length.EqualTo(Chat.MaxLastError));

        entry.Claim(Now, TimeSpan.FromMinutes(1));
        entry.Finish(Now);
        Assert.That((entry.State, entry.Attempts, entry.EndedTime, entry.Error), Is.EqualTo((ChatOutboxState.Done, 2, Now, (string?)null)));
    }

    [Test]
    public void Refused_and_doubtful_entries_keep_the_error()
    {
        var refused = ChatOutboxEntry.Create(1, Guid.NewGuid(), "{}", null, Now);
        refused.Refuse("No.", Now);
        var doubtful = ChatOutboxEntry.Create(1, Guid.NewGuid(), "{}", null, Now);
        doubtful.MarkInDoubt("Perhaps.", Now);

        Assert.That((refused.State, refused.Error), Is.EqualTo((ChatOutboxState.Refused, "No.")));
        Assert.That((doubtful.State, doubtful.Error), Is.EqualTo((ChatOutboxState.InDoubt, "Perhaps.")));
    }
}
