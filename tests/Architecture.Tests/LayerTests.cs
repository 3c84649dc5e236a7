using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;

namespace ChatPlatform.Architecture.Tests;

/// <summary>Who may know whom. The project files say it, and the built assemblies prove it.</summary>
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
    public void Projects_refer_to_the_layer_below_only()
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
    public void Assembly_uses_nothing_else(string layer, params string[] allowed)
    {
        var assembly = Solution.All.Single(one => one.GetName().Name == $"ChatPlatform.{layer}");

        Assert.That(
            assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
                .Where(name => !allowed.Any(prefix => name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal))),
            Is.Empty);
    }

    [Test]
    public void Application_knows_no_database_and_no_web()
    {
        string[] banned = ["Npgsql", "Microsoft.EntityFrameworkCore.Relational", "Microsoft.AspNetCore"];

        Assert.That(
            Solution.Application.GetReferencedAssemblies().Select(reference => reference.Name!)
                .Where(name => banned.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))),
            Is.Empty);
    }

    [Test]
    public void Dialects_know_neither_store_nor_infrastructure()
    {
        var found = Solution.Sources("src/WebApi/Dialects")
            .SelectMany(file => file.Code, (file, line) => $"{file}: {line.Trim()}")
            .Where(line => StoreUse().IsMatch(line));

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Dialect_names_stay_in_the_web_layer()
    {
        // Postgres/ names the platforms of operating systems.
        var found = Solution.Sources("src/Domain", "src/Application", "src/Infrastructure")
            .Where(file => !file.Path.StartsWith("src/Infrastructure/Postgres/", StringComparison.Ordinal))
            .SelectMany(file => file.Code, (file, line) => (file, line))
            .Where(found => DialectName().IsMatch(found.line))
            .Select(found => $"{found.file}: {found.line.Trim()}");

        Assert.That(found, Is.Empty);
    }

    /// <summary>So that any dialect's folder could be deleted.</summary>
    [Test]
    public void Dialects_know_nothing_of_each_other()
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
