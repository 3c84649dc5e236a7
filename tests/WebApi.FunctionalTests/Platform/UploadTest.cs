using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Infrastructure.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Uploads forms with a file, and reads the file store.</summary>
public abstract class UploadTest : PlatformTest
{
    protected string Folder => Server.Services.GetRequiredService<IOptions<FileStoreOptions>>().Value.Folder;

    [SetUp]
    public void EmptyFolder()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>All stored files, including drafts.</summary>
    protected string[] StoredFiles() =>
        Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*", SearchOption.AllDirectories) : [];

    /// <summary>Runs the cleanup that a worker runs every few seconds.</summary>
    protected Task CleanUpAsync() => Server.Services.GetRequiredService<FileCleanup>().RunAsync(CancellationToken.None);

    protected static MultipartFormDataContent Form(byte[] file, string type = "image/png", string name = "a.png", string fields = "")
    {
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var form = new MultipartFormDataContent { { part, "file", name } };
        foreach (var field in fields.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=', 2)))
        {
            form.Add(new StringContent(field[1]), field[0]);
        }

        return form;
    }

    protected static MultipartFormDataContent Form(string file, string type = "text/plain", string name = "a.txt", string fields = "") =>
        Form(Encoding.UTF8.GetBytes(file), type, name, fields);

    protected async Task<JsonNode> UploadAsync(
        string path, HttpContent form, HttpStatusCode expected = HttpStatusCode.OK, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await Caller.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(expected), $"{path}: {body}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>Requests a file as a web page does: without a token.</summary>
    protected async Task<HttpResponseMessage> FetchAsync(
        JsonNode url, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, (string)url!);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Anonymous().SendAsync(request);
    }

    protected async Task<HttpStatusCode> StatusOfAsync(JsonNode url)
    {
        using var response = await FetchAsync(url);
        return response.StatusCode;
    }
}
