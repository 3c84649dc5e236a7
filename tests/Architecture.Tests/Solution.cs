using System.Reflection;
using System.Runtime.CompilerServices;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;

namespace ChatPlatform.Architecture.Tests;

internal static class Solution
{
    public static readonly Assembly Domain = typeof(Error).Assembly;
    public static readonly Assembly Application = typeof(ChatPlatform.Application.DependencyInjection).Assembly;
    public static readonly Assembly Infrastructure = typeof(ChatDbContext).Assembly;
    public static readonly Assembly WebApi = typeof(Program).Assembly;
    public static readonly Assembly Migrations = Assembly.Load("ChatPlatform.Migrations");

    public static readonly Assembly[] All = [Domain, Application, Infrastructure, WebApi, Migrations];

    public static readonly string Root = FindRoot();

    /// <summary>Handwritten types: no closures, no generated code.</summary>
    public static IEnumerable<Type> WrittenTypes(params Assembly[] assemblies) => assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Namespace?.StartsWith("ChatPlatform", StringComparison.Ordinal) == true
            && type.Namespace != "ChatPlatform.Migrations.Migrations"
            && !type.Namespace.Contains("Generated", StringComparison.Ordinal)
            && !IsGenerated(type));

    /// <summary>C# files below a folder of the solution, without build output and generated migrations.</summary>
    public static IEnumerable<SourceFile> Sources(params string[] folders) => folders
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Select(file => new SourceFile(Path.GetRelativePath(Root, file).Replace('\\', '/')))
        .Where(file => !file.Path.Split('/').Any(part => part is "bin" or "obj"))
        .Where(file => !file.Path.StartsWith("migrations/Migrations/", StringComparison.Ordinal));

    private static bool IsGenerated(Type type) => type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChatPlatform.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"ChatPlatform.sln not found above {AppContext.BaseDirectory}.");
    }
}

/// <param name="Path">Relative to the solution folder, with slashes.</param>
internal sealed record SourceFile(string Path)
{
    public string[] Lines => File.ReadAllLines(System.IO.Path.Combine(Solution.Root, Path));

    /// <summary>The lines that are not comments.</summary>
    public IEnumerable<string> Code => Lines.Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    public override string ToString() => Path;
}
