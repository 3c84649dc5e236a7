using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;

namespace ChatPlatform.Architecture.Tests;

/// <summary>The allowed references between layers, checked in project files and in built assemblies.</summary>
public sealed partial class LayerTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["src/Domain/Domain.csproj"] = [],
        ["src/Application/Application.csproj"] = ["Domain"],
        ["src/Infrastructure/Infrastructure.csproj"] = ["Application"],
        ["migrations/ChatPlatform.Migrations.csproj"] = ["Infrastructure"],
        ["src/WebApi/WebApi.csproj"] = ["Infrastructure", "ChatPlatform.Migrations"],
    };

    [Test]
    public void Projects_reference_only_the_layer_below()
    {
        foreach (var (project, allowed) in Allowed)
        {
            var references = XDocument.Load(Path.Combine(Solution.Root, project)).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

            Assert.That(references, Is.EquivalentTo(allowed), project);
        }
    }

    [Test]
    public void Domain_has_no_packages() =>
        Assert.That(XDocument.Load(Path.Combine(Solution.Root, "src/Domain/Domain.csproj")).Descendants("PackageReference"), Is.Empty);

    [TestCase("Domain", "System")]
    [TestCase("Application", "System", "ChatPlatform.Domain", "MediatR", "AutoMapper", "FluentValidation", "Microsoft.EntityFrameworkCore",
        "Microsoft.Extensions")]
    public void Assembly_references_nothing_else(string layer, params string[] allowed)
    {
        var assembly = Solution.All.Single(candidate => candidate.GetName().Name == $"ChatPlatform.{layer}");

        Assert.That(
            assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
                .Where(name => !allowed.Any(prefix => name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal))),
            Is.Empty);
    }

    [Test]
    public void Application_references_no_database_and_no_web()
    {
        string[] banned = ["Npgsql", "Microsoft.EntityFrameworkCore.Relational", "Microsoft.AspNetCore"];

        Assert.That(
            Solution.Application.GetReferencedAssemblies().Select(reference => reference.Name!)
                .Where(name => banned.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))),
            Is.Empty);
    }

    [Test]
    public void Dialects_use_neither_store_nor_infrastructure()
    {
        var found = Solution.Sources("src/WebApi/Dialects")
            .SelectMany(file => file.Code, (file, line) => $"{file}: {line.Trim()}")
            .Where(line => StoreUse().IsMatch(line));

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Dialect_names_stay_in_the_web_layer()
    {
        // Postgres/ contains names of operating system platforms.
        var found = Solution.Sources("src/Domain", "src/Application", "src/Infrastructure")
            .Where(file => !file.Path.StartsWith("src/Infrastructure/Postgres/", StringComparison.Ordinal))
            .SelectMany(file => file.Code, (file, line) => (file, line))
            .Where(found => DialectName().IsMatch(found.line))
            .Select(found => $"{found.file}: {found.line.Trim()}");

        Assert.That(found, Is.Empty);
    }

    /// <summary>Each dialect's folder can be deleted on its own.</summary>
    [Test]
    public void Dialects_do_not_use_each_other()
    {
        var folder = Path.Combine(Solution.Root, "src/WebApi/Dialects");
        var dialects = Directory.Exists(folder) ? Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)!).ToArray() : [];
        foreach (var dialect in dialects)
        {
            var name = new Regex($@"Dialects\.{dialect}\b|(?<![\w.]){dialect}\.[A-Z]");
            var found = Solution.Sources("src/WebApi")
                .Where(file => !file.Path.StartsWith($"src/WebApi/Dialects/{dialect}/", StringComparison.Ordinal))
                .SelectMany(file => file.Code, (file, line) => $"{file}: {line.Trim()}")
                .Where(line => name.IsMatch(line));

            Assert.That(found, Is.Empty, dialect);
        }
    }

    [GeneratedRegex(@"Microsoft\.EntityFrameworkCore|ChatPlatform\.Infrastructure|Npgsql")]
    private static partial Regex StoreUse();

    [GeneratedRegex(@"ChatKitty|Rocket\.?Chat|\bHAL\b|\bHal[A-Z]|Engagement|Dialect|(?<!Chat|OS)Platform(?!NotSupported)")]
    private static partial Regex DialectName();
}
