using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Application.Functions;

/// <summary>Content of a message after functions changed it.</summary>
internal sealed record MessageChange(string? Body, string? Properties);

/// <summary>
/// Runs the blocking functions of an application in turn, before anything is stored and without an open transaction or connection.
/// They do not run for actions of functions.
/// </summary>
internal sealed class FunctionHooks(
    IChatDbContext db, ICurrentApplication application, FunctionRunner runner, CallOrigin origin, IIdempotency idempotency,
    IServiceScopeFactory scopes)
{
    private const int MaxReasonLength = 1_000;

    /// <summary>By request: a use case that is retried after a conflict does not run them again.</summary>
    private readonly Dictionary<object, object> _decisions = new(ReferenceEqualityComparer.Instance);

    /// <summary>Can be used inside queries.</summary>
    public static IQueryable<ChatFunction> EnabledFunctions(IChatDbContext db, string type) =>
        db.Functions.Where(function => function.Type == type && function.Enabled);

    /// <param name="request">Functions run once for each instance.</param>
    public Task<Result<Done>> AskAboutSessionAsync(
        object request, string username, string? authParams, CancellationToken cancellationToken) =>
        OncePerRequestAsync(request, async () =>
        {
            if (origin.IsFunction || !await EnabledFunctions(db, FunctionTypes.StartSession).AnyAsync(cancellationToken))
            {
                return Done.Success;
            }

            return await idempotency.SuspendAsync<Done>(
                async () =>
                {
                    foreach (var function in await FunctionsAsync(FunctionTypes.StartSession, cancellationToken))
                    {
                        var args = Inputs(services => services.SessionAttempt(username, authParams));
                        if (Refusal(function, await runner.RunAsync(function, args, cancellationToken)) is { } refused)
                        {
                            return refused;
                        }
                    }

                    return Done.Success;
                },
                cancellationToken);
        });

    /// <param name="request">Functions run once for each instance.</param>
    /// <returns>The content to store: that of the draft, or as changed by functions.</returns>
    public Task<Result<MessageChange>> AskAboutMessageAsync(
        object request, long channelId, long userId, MessageDraft draft, CancellationToken cancellationToken) =>
        OncePerRequestAsync(request, () => origin.IsFunction
            ? Task.FromResult<Result<MessageChange>>(new MessageChange(draft.Body, draft.Properties))
            : idempotency.SuspendAsync(() => DecideAsync(channelId, userId, draft, cancellationToken), cancellationToken));

    private async Task<Result<MessageChange>> DecideAsync(
        long channelId, long userId, MessageDraft draft, CancellationToken cancellationToken)
    {
        var change = new MessageChange(draft.Body, draft.Properties);
        if (await FindUserAndChannelAsync(channelId, userId, cancellationToken) is not var (user, channel))
        {
            // Deleted just now: storing the message returns the error.
            return change;
        }

        foreach (var function in await FunctionsAsync(FunctionTypes.SendMessage, cancellationToken))
        {
            var (body, properties) = (change.Body, change.Properties ?? "{}");
            var args = Inputs(inputs => inputs.MessageAttempt(
                application.Id, user, channel, draft with { Body = body, Properties = properties }));
            var outcome = await runner.RunAsync(function, args, cancellationToken);
            if (Refusal(function, outcome) is { } refused)
            {
                return refused;
            }

            if (outcome.Succeeded && !TryChange(ref change, outcome.Result, draft.File is not null) && !function.FailsOpen)
            {
                return FunctionErrors.Undecided(function.Name);
            }
        }

        return change;
    }

    /// <summary>Denied when the function threw; its setting decides when it could not run.</summary>
    private static Error? Refusal(FunctionToRun function, FunctionOutcome outcome) => outcome.Error switch
    {
        null => null,
        { Kind: FunctionErrorKind.Thrown, Message: var reason } => FunctionErrors.Denied(
            string.IsNullOrWhiteSpace(reason) ? $"The function '{function.Name}' denied the request." : Truncate(reason)),
        _ => function.FailsOpen ? null : FunctionErrors.Undecided(function.Name),
    };

    /// <returns>False for an invalid change.</returns>
    private static bool TryChange(ref MessageChange change, JsonElement returned, bool isFile)
    {
        if (returned.ValueKind is not JsonValueKind.Object)
        {
            return true;
        }

        var changed = change;
        if (returned.TryGetProperty("body", out var body))
        {
            if (isFile || body.ValueKind is not JsonValueKind.String || StorableJson.TextOf(body) is not { } text)
            {
                return false;
            }

            changed = changed with { Body = text };
        }

        if (returned.TryGetProperty("properties", out var properties))
        {
            changed = changed with { Properties = properties.GetRawText() };
        }

        if (!new MessageChangeValidator(isFile).Validate(changed).IsValid)
        {
            return false;
        }

        change = changed;
        return true;
    }

    private async Task<(UserView User, Channels.ChannelView Channel)?> FindUserAndChannelAsync(
        long channelId, long userId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(application.Id);
        var events = scope.ServiceProvider.GetRequiredService<FunctionEventReader>();
        return await events.UserAsync(userId, cancellationToken) is { } user
            && await events.ChannelAsync(channelId, cancellationToken) is { } channel
                ? (user, channel)
                : null;
    }

    private async Task<IReadOnlyList<FunctionToRun>> FunctionsAsync(string type, CancellationToken cancellationToken) => await (
        from function in EnabledFunctions(db, type)
        from version in db.FunctionVersions.Where(version =>
            version.FunctionId == function.Id && version.Number == function.CurrentVersionNumber)
        orderby function.Id
        select new FunctionToRun(
            function.ApplicationId, function.Id, function.Name, function.Type, version.Number, version.Script, function.FailsOpen))
        .ToListAsync(cancellationToken);

    private string Inputs(Func<IFunctionInputs, string> write)
    {
        using var scope = scopes.CreateScope();
        return write(scope.ServiceProvider.GetRequiredService<IFunctionInputs>());
    }

    private async Task<Result<T>> OncePerRequestAsync<T>(object request, Func<Task<Result<T>>> decide)
    {
        if (_decisions.TryGetValue(request, out var known))
        {
            return (Result<T>)known;
        }

        var decision = await decide();
        _decisions[request] = decision;
        return decision;
    }

    private static string Truncate(string reason) => reason.Length > MaxReasonLength ? reason[..MaxReasonLength] : reason;

    private sealed class MessageChangeValidator : AbstractValidator<MessageChange>
    {
        public MessageChangeValidator(bool isFile)
        {
            RuleFor(r => r.Body).RequiredText(TextLimits.Body).When(_ => !isFile);
            RuleFor(r => r.Properties).PropertiesObject();
        }
    }
}
