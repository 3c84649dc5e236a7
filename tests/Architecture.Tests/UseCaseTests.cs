using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure;
using ChatPlatform.Testing;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.Architecture.Tests;

/// <summary>Each use case is a request with one handler, and each error has a unique code.</summary>
public sealed class UseCaseTests
{
    private static IEnumerable<Type> Requests =>
        Solution.WrittenTypes(Solution.Application).Where(type => RequestContract(type) is not null);

    [Test]
    public void Every_request_has_exactly_one_handler()
    {
        var handled = Solution.WrittenTypes(Solution.Application, Solution.Infrastructure)
            .SelectMany(type => type.GetInterfaces())
            .Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
            .Select(contract => contract.GetGenericArguments()[0])
            .ToList();

        Assert.That(Requests, Is.Not.Empty);
        Assert.That(Requests.Where(request => handled.Count(type => type == request) != 1), Is.Empty);
    }

    [Test]
    public void Every_request_returns_a_result() =>
        Assert.That(
            Requests.Where(request => RequestContract(request)!.GetGenericArguments()[0] is var response
                && !(response.IsGenericType && response.GetGenericTypeDefinition() == typeof(Result<>))),
            Is.Empty);

    [Test]
    public void Every_request_is_in_a_file_of_its_name() =>
        Assert.That(
            Requests.Select(request => request.Name)
                .Except(Solution.Sources("src/Application").Select(file => Path.GetFileNameWithoutExtension(file.Path))),
            Is.Empty);

    [Test]
    public void No_request_has_two_validators() =>
        Assert.That(
            AssemblyScanner.FindValidatorsInAssembly(Solution.Application, includeInternalTypes: true)
                .GroupBy(found => found.InterfaceType)
                .Where(group => group.Count() > 1)
                .Select(group => group.Key),
            Is.Empty);

    [Test]
    public void Every_handler_can_be_resolved()
    {
        using var services = BuildServices();
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(1);
        foreach (var request in Requests)
        {
            var contract = typeof(IRequestHandler<,>).MakeGenericType(request, RequestContract(request)!.GetGenericArguments()[0]);
            Assert.That(() => scope.ServiceProvider.GetRequiredService(contract), Throws.Nothing, request.Name);
        }
    }

    [Test]
    public void Mappings_are_complete()
    {
        using var services = BuildServices();

        services.GetRequiredService<IConfigurationProvider>().AssertConfigurationIsValid();
    }

    [Test]
    public void Error_codes_are_unique_and_well_formed()
    {
        var errors = DeclaredErrors.In(Solution.Domain, Solution.Application, Solution.Infrastructure, Solution.WebApi).ToList();

        Assert.That(errors, Is.Not.Empty);
        Assert.That(errors.Select(error => error.Code), Is.All.Match("^[a-z]+(_[a-z]+)*\\.[a-z]+(_[a-z]+)*$"));
        Assert.That(
            errors.GroupBy(error => error.Code).Where(same => same.Select(error => error.Member).Distinct().Count() > 1)
                .Select(same => $"{same.Key}: {string.Join(", ", same.Select(error => error.Member))}"),
            Is.Empty);
    }

    private static ServiceProvider BuildServices() =>
        new ServiceCollection().AddLogging().AddInfrastructure("Host=nowhere").BuildServiceProvider(validateScopes: true);

    private static Type? RequestContract(Type type) => type.GetInterfaces()
        .FirstOrDefault(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>));
}
