using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

/// <summary>Runs <see cref="OwnerProgram"/>.</summary>
internal sealed class OwnerProcess : IDisposable
{
    private readonly Process _process;

    private OwnerProcess(Process process, string connectionString) => (_process, ConnectionString) = (process, connectionString);

    /// <summary>The first line of its output.</summary>
    public string ConnectionString { get; }

    public int Id => _process.Id;

    /// <param name="dataDirectory">Or another argument of the program.</param>
    public static async Task<OwnerProcess> StartAsync(string dataDirectory)
    {
        var framework = RuntimeEnvironment.GetRuntimeDirectory();
        var host = Path.GetFullPath(Path.Combine(framework, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var process = Process.Start(new ProcessStartInfo(host, ["exec", typeof(OwnerProgram).Assembly.Location, dataDirectory])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var connectionString = await process.StandardOutput.ReadLineAsync();
        return new OwnerProcess(process, connectionString ?? throw new InvalidOperationException("The owner did not start its server."));
    }

    /// <summary>Like kill -9: no cleanup runs.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
