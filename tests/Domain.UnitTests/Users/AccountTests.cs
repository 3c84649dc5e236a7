using ChatPlatform.Domain.Users;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Users;

internal sealed class AccountTests
{
    [Test]
    public void Ten_wrong_passwords_in_a_row_block_for_five_minutes()
    {
        var account = Account.Create(TestUsers.User(1), "hash", null, Account.UserRole);
        Fail(account, 9);
        Assert.That(account.IsBlocked(TestUsers.Now), Is.False);

        account.RecordFailedLogin(TestUsers.Now);

        Assert.That(account.IsBlocked(TestUsers.Now.AddMinutes(5).AddTicks(-1)), Is.True);
        Assert.That(account.IsBlocked(TestUsers.Now.AddMinutes(5)), Is.False);
    }

    [Test]
    public void Correct_password_resets_the_count()
    {
        var account = Account.Create(TestUsers.User(1), "hash", null, Account.UserRole);
        Fail(account, 9);

        account.RecordSuccessfulLogin();
        account.RecordFailedLogin(TestUsers.Now);

        Assert.That(account.IsBlocked(TestUsers.Now), Is.False);
    }

    private static void Fail(Account account, int times)
    {
        for (var i = 0; i < times; i++)
        {
            account.RecordFailedLogin(TestUsers.Now);
        }
    }
}
