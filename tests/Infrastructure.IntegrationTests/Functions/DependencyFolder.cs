using ChatPlatform.Infrastructure.Packages;
using ChatPlatform.Testing;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>A folder with <c>node_modules</c>, as after an installation.</summary>
internal sealed class DependencyFolder : IDisposable
{
    public DependencyFolder() => SharedFolder.Create(Path);

    public string Path { get; } = ScratchFolder.New("chatplatform-dependencies-");

    public string PathOf(string name)
    {
        var path = System.IO.Path.Combine(Path, "node_modules", name);
        SharedFolder.Create(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    public void Write(string name, string content)
    {
        var path = PathOf(name);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, SharedFolder.Mode);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
