using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Application.Functions;

public sealed record FunctionToRun(
    long ApplicationId, long FunctionId, string Name, string Type, int Version, string Script, bool FailsOpen);

/// <summary>
/// Runs functions and records each run, in scopes of its own: the caller holds no transaction meanwhile, and its rollback keeps the
/// record.
/// </summary>
public sealed class FunctionRunner(
    IServiceScopeFactory scopes, IFunctionRuntime runtime, FunctionEnvironments environments, IOptions<FunctionLimits> limits,
    TimeProvider clock, ILogger<FunctionRunner> log)
{
    /// <summary>Time to record the end of a run.</summary>
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(5);

    /// <summary>Longer than a run of this type takes, from its start to the record of its end.</summary>
    public TimeSpan LeaseOf(string type) => LimitOf(type) + limits.Value.Wait + LeaseMargin;

    /// <param name="args">The event, a JSON object.</param>
    public async Task<FunctionOutcome> RunAsync(FunctionToRun function, string args, CancellationToken cancellationToken)
    {
        await using var scope = ScopeOf(function.ApplicationId);
        var db = scope.ServiceProvider.GetRequiredService<IChatDbContext>();
        var invocation = ChatFunctionInvocation.Start(
            function.ApplicationId, function.FunctionId, function.Version, args, clock.UtcNow(), LeaseOf(function.Type));
        db.FunctionInvocations.Add(invocation);
        await db.SaveWithAsyncCommitAsync(cancellationToken);
        FunctionOutcome? outcome = null;
        try
        {
            return outcome = await TryAsync(function, args, cancellationToken);
        }
        finally
        {
            await RecordOutcomeAsync(db, invocation, outcome);
        }
    }

    /// <summary>Like <see cref="RunAsync"/>, without a record.</summary>
    public async Task<FunctionOutcome> TryAsync(FunctionToRun function, string args, CancellationToken cancellationToken)
    {
        var limit = LimitOf(function.Type);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit + limits.Value.Wait);
        try
        {
            await using var scope = ScopeOf(function.ApplicationId);
            var environment = await environments.GetAsync(scope.ServiceProvider, deadline.Token);
            using var eventDocument = JsonDocument.Parse(args);
            var request = new InvocationRequest(
                environment, function.FunctionId, function.Version, function.Name, function.Script, eventDocument.RootElement, limit);
            return await runtime.InvokeAsync(request, scope.ServiceProvider.GetRequiredService<IFunctionApi>(), deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(FunctionErrorKind.Busy, "The call waited too long for a free slot.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogError(
                exception, "Function {Function} of application {Application} could not be run",
                function.FunctionId, function.ApplicationId);
            return Failed(FunctionErrorKind.Unavailable, "An internal error occurred; see the server's log.");
        }
    }

    /// <summary>The event as JSON for the function; null when its content no longer exists.</summary>
    public async Task<string?> SerializeEventAsync(FunctionToRun function, FunctionDelivery delivery, CancellationToken cancellationToken)
    {
        await using var scope = ScopeOf(function.ApplicationId);
        var functionEvent = await scope.ServiceProvider.GetRequiredService<FunctionEventReader>()
            .ReadAsync(function.Type, delivery, cancellationToken);
        return functionEvent is null
            ? null
            : scope.ServiceProvider.GetRequiredService<IFunctionInputs>().Event(function.ApplicationId, functionEvent);
    }

    /// <summary>Not cancelled with the caller: every run is recorded.</summary>
    /// <param name="outcome">Null when it is unknown.</param>
    private async Task RecordOutcomeAsync(IChatDbContext db, ChatFunctionInvocation invocation, FunctionOutcome? outcome)
    {
        var now = clock.UtcNow();
        IReadOnlyList<InvocationConsoleLine> console = outcome?.Console ?? [];
        if (outcome is { Succeeded: true })
        {
            invocation.Succeed(outcome.ResultText(), console, outcome.Duration, now);
        }
        else
        {
            invocation.Fail(outcome?.Failure() ?? InvocationFailure.Interrupted, console, outcome?.Duration, now);
        }

        try
        {
            await db.SaveWithAsyncCommitAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The record was deleted with its function.
        }
    }

    private TimeSpan LimitOf(string type) => FunctionTypes.IsBlocking(type) ? limits.Value.BlockingLimit : limits.Value.Limit;

    private AsyncServiceScope ScopeOf(long applicationId)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(applicationId);
        return scope;
    }

    private static FunctionOutcome Failed(FunctionErrorKind kind, string message) =>
        new(default, new FunctionError(kind, "Error", message, null), [], TimeSpan.Zero);
}

public static class FunctionOutcomes
{
    /// <summary>JSON; null when nothing was returned.</summary>
    public static string? ResultText(this FunctionOutcome outcome) =>
        outcome.Result.ValueKind is JsonValueKind.Undefined ? null : outcome.Result.GetRawText();

    /// <summary>Null when it succeeded.</summary>
    public static InvocationFailure? Failure(this FunctionOutcome outcome) => outcome.Error is { } error
        ? new InvocationFailure(JsonNamingPolicy.SnakeCaseUpper.ConvertName(error.Kind.ToString()), error.Name, error.Message, error.Stack)
        : null;
}
