using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.RealData;

/// <summary>Imports and exports over the API; waits until their jobs have ended.</summary>
internal static class Transfers
{
    public static async Task<byte[]> ExportAsync(this HttpClient client)
    {
        using var accepted = await client.PostAsync(new Uri("/v1/exports", UriKind.Relative), null);
        var job = await FinishAsync(client, accepted);
        return await client.GetByteArrayAsync(new Uri((string)job["_links"]!["file"]!["href"]!));
    }

    /// <summary>The files of an export by name, still gzip.</summary>
    public static Dictionary<string, byte[]> Unpack(byte[] export)
    {
        using var zip = new ZipArchive(new MemoryStream(export));
        return zip.Entries.ToDictionary(entry => entry.Name.Split('.')[0], entry =>
        {
            using var part = entry.Open();
            using var copy = new MemoryStream();
            part.CopyTo(copy);
            return copy.ToArray();
        });
    }

    public static async Task<JsonNode> ImportAsync(this HttpClient client, string what, Stream file)
    {
        using var form = new MultipartFormDataContent { { new StreamContent(file), "file", what } };
        using var accepted = await client.PostAsync(new Uri($"/v1/imports/{what}", UriKind.Relative), form);
        return await FinishAsync(client, accepted);
    }

    public static async Task<JsonNode> ReadAsync(this HttpClient client, string address)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{address}: {body}");
        return JsonNode.Parse(body)!;
    }

    private static async Task<JsonNode> FinishAsync(HttpClient client, HttpResponseMessage accepted)
    {
        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await accepted.Content.ReadAsStringAsync());
        var id = (long)(await accepted.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
        JsonNode job = null!;
        await Wait.UntilAsync(
            async () => (string)(job = await client.ReadAsync($"/v1/jobs/{id}"))["state"]! is "FINISHED" or "FAILED",
            $"the job {id}",
            TimeSpan.FromMinutes(15));
        Assert.That((string)job["state"]!, Is.EqualTo("FINISHED"), job.ToJsonString());
        Assert.That(job["endedTime"], Is.Not.Null);
        return job;
    }
}
