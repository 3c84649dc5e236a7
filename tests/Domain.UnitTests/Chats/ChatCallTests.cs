using ChatPlatform.Domain.Chats;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Chats;

public sealed class ChatCallTests
{
    private static readonly DateTime Now = new(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc);

    [Test]
    public void Call_waits_is_claimed_and_ends()
    {
        var call = ChatCall.Create(1, Guid.NewGuid(), "{}", 7, Now);
        call.Claim(Now, TimeSpan.FromMinutes(1));
        Assert.That((call.State, call.WasInterrupted, call.LeaseUntil), Is.EqualTo((ChatCallState.Calling, true, Now.AddMinutes(1))));

        call.Wait(new string('x', 1_000), Now.AddSeconds(5));
        Assert.That((call.State, call.NotBefore, call.LeaseUntil), Is.EqualTo((ChatCallState.Waiting, Now.AddSeconds(5), (DateTime?)null)));
        Assert.That(call.Error, Has.Length.EqualTo(Chat.MaxLastError));

        call.Claim(Now, TimeSpan.FromMinutes(1));
        call.Finish(Now);
        Assert.That((call.State, call.Attempts, call.EndedTime, call.Error), Is.EqualTo((ChatCallState.Done, 2, Now, (string?)null)));
    }

    [Test]
    public void Refusal_and_doubt_keep_the_reason()
    {
        var refused = ChatCall.Create(1, Guid.NewGuid(), "{}", null, Now);
        refused.Refuse("No.", Now);
        var doubtful = ChatCall.Create(1, Guid.NewGuid(), "{}", null, Now);
        doubtful.Doubt("Perhaps.", Now);

        Assert.That((refused.State, refused.Error), Is.EqualTo((ChatCallState.Refused, "No.")));
        Assert.That((doubtful.State, doubtful.Error), Is.EqualTo((ChatCallState.Doubtful, "Perhaps.")));
    }
}
