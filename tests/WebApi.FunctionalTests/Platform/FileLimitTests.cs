using System.Net;
using System.Net.Http.Headers;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Limits of uploads, and the cleanup after an aborted one.</summary>
public sealed class FileLimitTests : UploadTest
{
    private const string ToLobby = "/v1/channels/1/messages";
    private const int MaxBytes = 2_000_000;

    protected override void Configure(ServerFactory server)
    {
        server.Settings["Files:MaxBytes"] = MaxBytes.ToString(System.Globalization.CultureInfo.InvariantCulture);
        server.Settings["Files:Types"] = "image/*, text/plain";
    }

    [Test]
    public async Task One_byte_too_many_is_413_and_stores_nothing()
    {
        var refused = await UploadAsync(ToLobby, Form(new byte[MaxBytes + 1]), HttpStatusCode.RequestEntityTooLarge);

        Assert.That((string)refused["error"]!, Is.EqualTo("ClientError"));
        Assert.That((string)refused["message"]!, Does.Contain("2000000"));
        Assert.That(StoredFiles(), Is.Empty);
        await UploadAsync(ToLobby, Form(new byte[MaxBytes]));
    }

    [TestCase("application/zip")]
    [TestCase("imagex/png")]
    public async Task An_unsupported_type_is_415_and_stores_nothing(string type)
    {
        var refused = await UploadAsync(ToLobby, Form([1], type), HttpStatusCode.UnsupportedMediaType);

        Assert.That((string)refused["error"]!, Is.EqualTo("ClientError"));
        Assert.That((string)refused["message"]!, Does.Contain("image/*"));
        Assert.That(StoredFiles(), Is.Empty);
    }

    [TestCase("IMAGE/PNG")]
    [TestCase("image/svg+xml")]
    [TestCase("text/plain; charset=utf-8")]
    public async Task Wildcards_and_parameters_of_types_are_supported(string type) => await UploadAsync(ToLobby, Form([1], type));

    [Test]
    public async Task An_upload_is_stored_while_it_arrives_and_removed_when_aborted()
    {
        using var leaving = new CancellationTokenSource();
        using var form = new MultipartFormDataContent
        {
            {
                new SlowContent(MaxBytes / 2, async () =>
                {
                    await Wait.UntilAsync(() => Task.FromResult(StoredFiles().Any(file => new FileInfo(file).Length > 0)), "a draft");
                    await leaving.CancelAsync();
                }),
                "file",
                "a.png"
            },
        };
        form.First().Headers.ContentType = MediaTypeHeaderValue.Parse("image/png");

        Assert.That(
            async () => await Caller.PostAsync(new Uri(ToLobby, UriKind.Relative), form, leaving.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(leaving.IsCancellationRequested, Is.True);
        await Wait.UntilAsync(() => Task.FromResult(StoredFiles().Length == 0), "the draft to be removed");
    }

    /// <summary>Sends half of the content, calls back, then sends the other half.</summary>
    private sealed class SlowContent(int half, Func<Task> between) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[half]);
            await stream.FlushAsync();
            await between();
            await stream.WriteAsync(new byte[half]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 2 * half;
            return true;
        }
    }
}
