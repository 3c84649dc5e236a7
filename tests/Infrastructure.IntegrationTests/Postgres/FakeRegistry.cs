using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

/// <summary>An npm registry on loopback that returns the same archive for every request.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakeRegistry(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.Single());

    /// <summary>The requested paths.</summary>
    public List<string> Requests { get; } = [];

    /// <param name="announced">The announced length; null for the real one.</param>
    public static async Task<FakeRegistry> ServeAsync(byte[] archive, long? announced = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var registry = new FakeRegistry(server);
        server.Run(async context =>
        {
            registry.Requests.Add(context.Request.Path);
            context.Response.ContentLength = announced ?? archive.Length;
            await context.Response.Body.WriteAsync(archive);
            if (announced is not null)
            {
                await context.Response.Body.FlushAsync();
                context.Abort();
            }
        });
        await server.StartAsync();
        return registry;
    }

    public static byte[] Pack(params (string Name, string Content, UnixFileMode Mode)[] files)
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(packed, CompressionLevel.Fastest)))
        {
            foreach (var (name, content, mode) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    Mode = mode,
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                });
            }
        }

        return packed.ToArray();
    }

    public static string IntegrityOf(byte[] archive) => $"sha512-{Convert.ToBase64String(SHA512.HashData(archive))}";

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
