using System.Collections.Concurrent;
using System.Text.Json;
using ChatPlatform.Infrastructure.IntegrationTests.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>An npm registry on loopback with the packages of a test.</summary>
internal sealed class FakeNpmRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (object Document, byte[] Archive)> _packages = new();
    private readonly WebApplication _server;

    private FakeNpmRegistry(WebApplication server) => (_server, Address) = (server, new Uri(server.Urls.Single()));

    public Uri Address { get; }

    public static async Task<FakeNpmRegistry> ServeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        FakeNpmRegistry registry = null!;
        server.Run(context => registry.RespondAsync(context));
        await server.StartAsync();
        return registry = new FakeNpmRegistry(server);
    }

    /// <param name="more">More members of package.json, such as dependencies or scripts.</param>
    public void Add(string name, object? more = null, params (string Name, string Content)[] files)
    {
        var manifest = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        manifest["name"] = name;
        manifest["version"] = "1.0.0";
        var archive = FakeRegistry.Pack([
            ("package/package.json", manifest.ToJsonString(), UnixFileMode.UserRead | UnixFileMode.UserWrite),
            .. files.Select(file => ($"package/{file.Name}", file.Content, UnixFileMode.UserRead | UnixFileMode.UserWrite)),
        ]);
        Add(name, manifest, archive);
    }

    public void Add(string name, System.Text.Json.Nodes.JsonObject manifest, byte[] archive)
    {
        var version = manifest.DeepClone().AsObject();
        version["name"] = name;
        version["version"] = "1.0.0";
        version["dist"] = JsonSerializer.SerializeToNode(
            new { tarball = $"{Address}{name}/-/{name}-1.0.0.tgz", integrity = FakeRegistry.IntegrityOf(archive) });
        _packages[name] = (new Dictionary<string, object>
        {
            ["name"] = name,
            ["dist-tags"] = new { latest = "1.0.0" },
            ["versions"] = new Dictionary<string, object> { ["1.0.0"] = version },
        }, archive);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task RespondAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Trim('/');
        if (!_packages.TryGetValue(path.Split('/')[0], out var package))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsJsonAsync(new { error = "not found" });
        }
        else if (path.EndsWith(".tgz", StringComparison.Ordinal))
        {
            await context.Response.Body.WriteAsync(package.Archive);
        }
        else
        {
            await context.Response.WriteAsJsonAsync(package.Document);
        }
    }
}
