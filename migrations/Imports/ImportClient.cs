using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Migrations.Imports;

/// <summary>Imports through a server's platform API (docs/contracts/platform.md#imports).</summary>
internal sealed class ImportClient : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    private readonly HttpClient _http;
    private ClientCredentials? _credentials;

    public ImportClient(Uri server) => _http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _http.Dispose();

    /// <exception cref="UsageException">The server is unreachable or rejects the credentials.</exception>
    public async Task LogInAsync(ClientCredentials credentials, CancellationToken cancellationToken)
    {
        _credentials = credentials;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("oauth/token", UriKind.Relative));
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.ClientId}:{credentials.ClientSecret}")));
        using var response = await SendAsync(request, cancellationToken);
        var token = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        _http.DefaultRequestHeaders.Authorization = new("Bearer", token.GetProperty("access_token").GetString());
    }

    public async Task<ImportJob> StartAsync(string path, FileInfo file, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        await using var content = file.OpenRead();
        request.Content = new MultipartFormDataContent { { new StreamContent(content), "file", file.Name } };
        using var response = await SendAsync(request, cancellationToken);
        return await ReadAsync<ImportJob>(response, cancellationToken);
    }

    /// <summary>Polls a job until it has ended; waits for a server that is temporarily unreachable.</summary>
    public async IAsyncEnumerable<ImportJob> WatchAsync(ImportJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!job.IsEnded)
        {
            await Task.Delay(PollInterval, cancellationToken);
            using var response = await PollAsync($"v1/jobs/{job.Id}", cancellationToken);
            if (response is not null)
            {
                job = await ReadAsync<ImportJob>(response, cancellationToken);
                yield return job;
            }
        }
    }

    public async Task<IReadOnlyList<ImportError>> FirstErrorsAsync(ImportJob job, int count, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"v1/jobs/{job.Id}/errors?size={count}", UriKind.Relative));
        using var response = await SendAsync(request, cancellationToken);
        var page = await ReadAsync<JsonElement>(response, cancellationToken);
        return page.GetProperty("_embedded").GetProperty("errors").Deserialize<List<ImportError>>(Json)!;
    }

    /// <summary>Copies all failed items of a job, as JSON lines.</summary>
    public async Task CopyErrorsAsync(ImportJob job, Stream target, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"v1/jobs/{job.Id}/error-report", UriKind.Relative));
        using var response = await SendAsync(request, cancellationToken);
        await response.Content.CopyToAsync(target, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) =>
        (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!;

    /// <returns>Null while the server is unreachable or fails; an expired token is renewed.</returns>
    private async Task<HttpResponseMessage?> PollAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                if (response.StatusCode is HttpStatusCode.Unauthorized)
                {
                    await LogInAsync(_credentials!, cancellationToken);
                }
                else if ((int)response.StatusCode is < 500 and not 429)
                {
                    throw await ErrorOfAsync(response, cancellationToken);
                }
            }
        }
        catch (HttpRequestException)
        {
            // The server may be restarting; the job is in its database.
        }

        return null;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? response : throw await ErrorOfAsync(response, cancellationToken);
        }
        catch (HttpRequestException unreachable)
        {
            throw new UsageException($"Cannot reach the server at {_http.BaseAddress}: {unreachable.Message}");
        }
    }

    private static async Task<UsageException> ErrorOfAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        $"{response.RequestMessage!.RequestUri!.AbsolutePath} returned {(int)response.StatusCode}: "
        + await response.Content.ReadAsStringAsync(cancellationToken));
}

internal sealed record ClientCredentials(string ClientId, string ClientSecret);

internal sealed record ImportJob(long Id, JobType Type, JobState State, string? Error, ImportProgress Progress)
{
    public bool IsEnded => State is JobState.Finished or JobState.Failed or JobState.Cancelled;
}

internal sealed record ImportProgress(long Processed, long Succeeded, long Skipped, long Failed, long? BytesRead, long? BytesTotal);

internal sealed record ImportError(long Index, string? IdempotencyKey, string Reason);
