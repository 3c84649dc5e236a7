using System.Reflection;
using System.Text.RegularExpressions;
using AutoMapper;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace ChatPlatform.Architecture.Tests;

public sealed partial class ShapeTests
{
    private const int MaxFileLines = 300;
    private const int MaxControllerLines = 200;

    private static readonly Type[] InternalContracts =
        [typeof(IRequestHandler<,>), typeof(IPipelineBehavior<,>), typeof(IValidator<>), typeof(IEntityTypeConfiguration<>)];

    [Test]
    public void Classes_without_subclasses_are_sealed()
    {
        var types = Solution.WrittenTypes(Solution.All).ToList();
        var bases = types.Select(type => type.BaseType).OfType<Type>().Select(Definition).ToHashSet();

        Assert.That(
            types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !bases.Contains(Definition(type))),
            Is.Empty);
    }

    [Test]
    public void Handlers_validators_behaviours_configurations_and_profiles_are_internal() =>
        Assert.That(
            Solution.WrittenTypes(Solution.All).Where(type => type.IsVisible).Where(type => type.IsAssignableTo(typeof(Profile))
                || type.GetInterfaces().Any(contract => InternalContracts.Contains(Definition(contract)))),
            Is.Empty);

    [Test]
    public void Entities_have_no_public_setters_fields_or_constructors()
    {
        var entities = Solution.WrittenTypes(Solution.Domain).Where(type => type.IsAssignableTo(typeof(ITenantOwned)) && type.IsClass);

        Assert.That(entities, Is.Not.Empty);
        foreach (var entity in entities)
        {
            Assert.That(entity.GetProperties().Where(property => property.SetMethod?.IsPublic == true), Is.Empty, $"{entity}: setters");
            Assert.That(entity.GetFields(BindingFlags.Public | BindingFlags.Instance), Is.Empty, $"{entity}: public fields");
            Assert.That(entity.IsAbstract || entity.GetConstructors().Length == 0, $"{entity}: public constructors");
            Assert.That(entity.GetProperties().Where(property => IsWritable(property.PropertyType)), Is.Empty, $"{entity}: collections");
        }
    }

    [Test]
    public void Type_names_have_no_pattern_suffix() =>
        Assert.That(
            Solution.WrittenTypes(Solution.Domain, Solution.Application, Solution.Infrastructure, Solution.WebApi)
                .Where(type => PatternName().IsMatch(type.Name.Split('`')[0])),
            Is.Empty);

    [Test]
    public void Namespaces_follow_folders()
    {
        foreach (var file in Solution.Sources("src", "migrations"))
        {
            if (file.Code.FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal)) is { } declared)
            {
                var folder = Path.GetDirectoryName(file.Path)!.Replace('\\', '/').Split('/');
                string[] root = folder[0] == "src" ? ["ChatPlatform"] : ["ChatPlatform", "Migrations"];
                var expected = string.Join('.', root.Concat(folder[1..]));
                Assert.That(declared, Is.EqualTo($"namespace {expected};"), file.Path);
            }
        }
    }

    [Test]
    public void Files_are_short() =>
        Assert.That(
            Solution.Sources("src", "migrations", "tests", "benchmarks")
                .Select(file => (file.Path, file.Lines.Length))
                .Where(file => file.Length
                    > (file.Path.EndsWith("Controller.cs", StringComparison.Ordinal) ? MaxControllerLines : MaxFileLines)),
            Is.Empty);

    [Test]
    public void Controllers_are_in_files_of_their_name() =>
        Assert.That(
            Solution.WrittenTypes(Solution.WebApi).Where(type => type.IsAssignableTo(typeof(ControllerBase)) && !type.IsAbstract)
                .Select(type => type.Name)
                .Except(Solution.Sources("src/WebApi").Select(file => Path.GetFileNameWithoutExtension(file.Path))),
            Is.Empty);

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static bool IsWritable(Type type) => type.IsGenericType
        && type.GetInterfaces().Append(type).Any(contract => Definition(contract) == typeof(ICollection<>));

    [GeneratedRegex("(Command|Query|Dto|Manager|Helper|Impl|Service)$")]
    private static partial Regex PatternName();
}
