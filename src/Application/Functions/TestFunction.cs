using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

/// <summary>Runs a function once for a test event, without a record. Calls through its context take effect.</summary>
/// <param name="Event">A JSON object; null for an empty one.</param>
/// <param name="HandlerScript">Runs instead of a saved version and is not deployed.</param>
/// <param name="VersionNumber">The version to run; null for the current one.</param>
public sealed record TestFunction(long FunctionId, string? Event, string? HandlerScript = null, int? VersionNumber = null)
    : IRequest<Result<FunctionOutcome>>;

internal sealed class TestFunctionValidator : AbstractValidator<TestFunction>
{
    private const int MaxEvent = 256 * 1024;

    public TestFunctionValidator()
    {
        RuleFor(r => r.Event).Must(text => text is null || text.Length <= MaxEvent)
            .WithMessage($"must be at most {MaxEvent} characters long")
            .Must(text => text is null || IsObject(text)).WithMessage("must be a JSON object");
        RuleFor(r => r.HandlerScript).Script().When(r => r.HandlerScript is not null);
        RuleFor(r => r.VersionNumber).Null().WithMessage("must not be combined with handlerScript").When(r => r.HandlerScript is not null);
    }

    private static bool IsObject(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind is JsonValueKind.Object;
    }
}

internal sealed class TestFunctionHandler(
    IChatDbContext db, ICurrentApplication application, IFunctionRuntime runtime, FunctionRunner runner, IIdempotency idempotency)
    : IRequestHandler<TestFunction, Result<FunctionOutcome>>
{
    public async Task<Result<FunctionOutcome>> Handle(TestFunction request, CancellationToken cancellationToken)
    {
        var function = await db.Functions.AsNoTracking().FirstOrDefaultAsync(one => one.Id == request.FunctionId, cancellationToken);
        if (function is null)
        {
            return FunctionErrors.NotFound;
        }

        var number = request.VersionNumber ?? function.CurrentVersionNumber;
        var script = request.HandlerScript ?? await db.FunctionVersions
            .Where(version => version.FunctionId == function.Id && version.Number == number)
            .Select(version => version.Script).FirstOrDefaultAsync(cancellationToken);
        if (script is null)
        {
            return number == 0 ? FunctionErrors.NothingDeployed : FunctionErrors.VersionNotFound;
        }

        if (request.HandlerScript is not null
            && await runtime.CheckSyntaxAsync("handlerScript", script, cancellationToken) is { } refused)
        {
            return refused;
        }

        var version = request.HandlerScript is null ? number : 0;
        var toRun = new FunctionToRun(application.Id, function.Id, function.Name, function.Type, version, script, function.FailsOpen);
        return await idempotency.SuspendAsync<FunctionOutcome>(
            async () => await runner.TryAsync(toRun, request.Event ?? "{}", cancellationToken), cancellationToken);
    }
}
