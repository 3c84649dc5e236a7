using System.Security.Cryptography;

namespace ChatPlatform.Infrastructure.Packages;

internal static class PackageDownload
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Returns the hash of the written file in npm's form: <c>sha512-</c> and Base64.</summary>
    public static async Task<string> ToFileAsync(Uri address, string file, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            using var client = new HttpClient();
            await using var source = await client.GetStreamAsync(address, limit.Token);
            await using var target = File.Create(file);
            using var hash = SHA512.Create();
            await using (var hashing = new CryptoStream(target, hash, CryptoStreamMode.Write, leaveOpen: true))
            {
                await source.CopyToAsync(hashing, limit.Token);
            }

            return $"sha512-{Convert.ToBase64String(hash.Hash!)}";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new PackageException($"{address} could not be fetched: {failure.Message}", failure);
        }
    }
}
