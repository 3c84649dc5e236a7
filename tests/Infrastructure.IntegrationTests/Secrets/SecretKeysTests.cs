using System.Text;
using ChatPlatform.Application.Common;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Infrastructure.Secrets;
using ChatPlatform.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Secrets;

/// <summary>Changing the key that opens the secrets, and starting with one that does not.</summary>
internal sealed class SecretKeysTests : DatabaseTest
{
    private static readonly string Old = GenerateKey();
    private static readonly string New = GenerateKey();

    [Test]
    public async Task Old_values_stay_readable_when_the_key_changes_and_the_old_key_is_needed_once()
    {
        await RotateAsync(Ring(Old));
        var ciphertext = await SealAsync(Ring(Old), "before");

        await RotateAsync(Ring(New, Old));

        Assert.That(await OpenAsync(Ring(New), ciphertext), Is.EqualTo("before"));
        var after = await SealAsync(Ring(New), "after");
        Assert.That(after[1..17], Is.Not.EqualTo(ciphertext[1..17]), "another data key");
        await RotateAsync(Ring(New));
        Assert.That(await OpenAsync(Ring(New), after), Is.EqualTo("after"));
    }

    [Test]
    public async Task Start_without_the_key_that_opens_the_secrets_is_refused_and_changes_nothing()
    {
        await RotateAsync(Ring(Old));
        var ciphertext = await SealAsync(Ring(Old), "kept");

        Assert.That(
            async () => await RotateAsync(Ring(New)),
            Throws.InstanceOf<SecretKeyException>().With.Message.Contains("Secrets:PreviousKeys").And.Message.Contains(Ring(Old).CurrentId));
        Assert.That(await OpenAsync(Ring(Old), ciphertext), Is.EqualTo("kept"));
    }

    [Test]
    public async Task A_second_server_with_a_key_of_its_own_is_found_out_before_there_is_any_secret()
    {
        await RotateAsync(Ring(Old));

        Assert.That(async () => await RotateAsync(Ring(New)), Throws.InstanceOf<SecretKeyException>());
    }

    [Test]
    public async Task Many_servers_that_start_at_once_agree()
    {
        await RotateAsync(Ring(Old));
        var ciphertext = await SealAsync(Ring(Old), "kept");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RotateAsync(Ring(New, Old))));

        Assert.That(await OpenAsync(Ring(New), ciphertext), Is.EqualTo("kept"));
        await using var db = Database.ContextFor();
        Assert.That(await db.DataKeys.IgnoreQueryFilters().CountAsync(), Is.EqualTo(2), "the old one, and one new");
    }

    [Test]
    public async Task Each_application_has_a_data_key_of_its_own_that_opens_nothing_of_another()
    {
        var ciphertext = await SealAsync(Ring(Old), "riverside");
        var theirs = await SealAsync(Ring(Old), "hillside", Hillside);

        Assert.That(theirs[1..17], Is.Not.EqualTo(ciphertext[1..17]));
        Assert.That(async () => await OpenAsync(Ring(Old), ciphertext, Hillside), Throws.InstanceOf<System.Security.Cryptography.CryptographicException>());
        Assert.That(async () => await OpenAsync(Ring(Old), ciphertext, context: "user/2/x"), Throws.InstanceOf<System.Security.Cryptography.CryptographicException>());
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("no base64!")]
    [TestCase("c2hvcnQ=")]
    public void What_is_no_key_is_named(string? key) =>
        Assert.That(() => Ring(key).CurrentId, Throws.InstanceOf<SecretKeyException>().With.Message.Contains("Secrets:Key"));

    private static string GenerateKey() => Convert.ToBase64String(Cipher.GenerateKey());

    private static KeyRing Ring(string? key, params string[] previous)
    {
        var options = new SecretOptions { Key = key };
        foreach (var one in previous)
        {
            options.PreviousKeys.Add(one);
        }

        return new KeyRing(Options.Create(options));
    }

    private Task RotateAsync(KeyRing keys) =>
        new SecretKeys(Services.GetRequiredService<IDbContextFactory<ChatDbContext>>(), keys, Clock).RotateAsync(CancellationToken.None);

    private async Task<byte[]> SealAsync(KeyRing keys, string value, SeededApplication? application = null)
    {
        await using var db = Database.ContextFor((application ?? Riverside).Id);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var ciphertext = await Box(db, keys).SealAsync("user/1/x", Encoding.UTF8.GetBytes(value), CancellationToken.None);
        await db.SaveChangesAsync();
        return ciphertext;
    }

    private async Task<string> OpenAsync(KeyRing keys, byte[] ciphertext, SeededApplication? application = null, string context = "user/1/x")
    {
        await using var db = Database.ContextFor((application ?? Riverside).Id);
        return Encoding.UTF8.GetString(await Box(db, keys).OpenAsync(context, ciphertext, CancellationToken.None));
    }

    private SecretBox Box(ChatDbContext db, KeyRing keys)
    {
        var application = new CurrentApplication();
        application.Use(db.ApplicationId);
        return new SecretBox(db, keys, application, Clock);
    }
}
