using System.Security.Cryptography;
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

/// <summary>Key rotation, and starts with a wrong key.</summary>
internal sealed class SecretKeysTests : DatabaseTest
{
    private static readonly string Old = GenerateKey();
    private static readonly string New = GenerateKey();

    [Test]
    public async Task Rotation_keeps_old_values_readable_and_needs_the_old_key_once()
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
    public async Task Start_without_the_required_key_fails_and_changes_nothing()
    {
        await RotateAsync(Ring(Old));
        var ciphertext = await SealAsync(Ring(Old), "kept");

        Assert.That(
            async () => await RotateAsync(Ring(New)),
            Throws.InstanceOf<SecretKeyException>()
                .With.Message.Contains("Secrets:PreviousKeys").And.Message.Contains(Ring(Old).CurrentId));
        Assert.That(await OpenAsync(Ring(Old), ciphertext), Is.EqualTo("kept"));
    }

    [Test]
    public async Task Second_server_with_another_key_fails_before_any_secret_exists()
    {
        await RotateAsync(Ring(Old));

        Assert.That(async () => await RotateAsync(Ring(New)), Throws.InstanceOf<SecretKeyException>());
    }

    [Test]
    public async Task Concurrent_starts_create_one_new_data_key()
    {
        await RotateAsync(Ring(Old));
        var ciphertext = await SealAsync(Ring(Old), "kept");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RotateAsync(Ring(New, Old))));

        Assert.That(await OpenAsync(Ring(New), ciphertext), Is.EqualTo("kept"));
        await using var db = Database.ContextFor();
        Assert.That(await db.DataKeys.IgnoreQueryFilters().CountAsync(), Is.EqualTo(2), "the old one, and one new");
    }

    [Test]
    public async Task Value_opens_only_in_its_application_and_context()
    {
        var ciphertext = await SealAsync(Ring(Old), "riverside");
        var other = await SealAsync(Ring(Old), "hillside", Hillside);

        Assert.That(other[1..17], Is.Not.EqualTo(ciphertext[1..17]));
        Assert.That(async () => await OpenAsync(Ring(Old), ciphertext, Hillside), Throws.InstanceOf<CryptographicException>());
        Assert.That(
            async () => await OpenAsync(Ring(Old), ciphertext, context: "user/2/x"), Throws.InstanceOf<CryptographicException>());
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("no base64!")]
    [TestCase("c2hvcnQ=")]
    public void Error_of_an_invalid_key_names_the_setting(string? key) =>
        Assert.That(() => Ring(key).CurrentId, Throws.InstanceOf<SecretKeyException>().With.Message.Contains("Secrets:Key"));

    private static string GenerateKey() => Convert.ToBase64String(Cipher.GenerateKey());

    private static KeyRing Ring(string? key, params string[] previous)
    {
        var options = new SecretOptions { Key = key };
        foreach (var previousKey in previous)
        {
            options.PreviousKeys.Add(previousKey);
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

    private async Task<string> OpenAsync(
        KeyRing keys, byte[] ciphertext, SeededApplication? application = null, string context = "user/1/x")
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
