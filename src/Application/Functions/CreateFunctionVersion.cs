using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

/// <summary>Saves and deploys a version of a function; the first one enables it (docs/contracts/platform.md#chat-functions).</summary>
/// <param name="HandlerScript">JavaScript or TypeScript with <c>handleEvent(event, context)</c>.</param>
public sealed record CreateFunctionVersion(long FunctionId, string? HandlerScript) : IRequest<Result<FunctionVersionView>>;

internal sealed class CreateFunctionVersionValidator : AbstractValidator<CreateFunctionVersion>
{
    public CreateFunctionVersionValidator() => RuleFor(r => r.HandlerScript).Script();
}

internal sealed class CreateFunctionVersionHandler(
    IChatDbContext db, IFunctionRuntime runtime, IConfigurationProvider mapping, TimeProvider clock)
    : IRequestHandler<CreateFunctionVersion, Result<FunctionVersionView>>
{
    public async Task<Result<FunctionVersionView>> Handle(CreateFunctionVersion request, CancellationToken cancellationToken)
    {
        if (!await db.Functions.AnyAsync(function => function.Id == request.FunctionId, cancellationToken))
        {
            return FunctionErrors.NotFound;
        }

        return await runtime.CheckSyntaxAsync("handlerScript", request.HandlerScript!, cancellationToken) is { } refused
            ? refused
            : await db.InTransactionAsync(() => DeployAsync(request, cancellationToken), cancellationToken);
    }

    private async Task<Result<FunctionVersionView>> DeployAsync(CreateFunctionVersion request, CancellationToken cancellationToken)
    {
        // Concurrent saves get consecutive numbers.
        await db.LockAsync<ChatFunction>([request.FunctionId], cancellationToken);
        if (await db.Functions.FirstOrDefaultAsync(function => function.Id == request.FunctionId, cancellationToken) is not { } function)
        {
            return FunctionErrors.NotFound;
        }

        var version = function.Deploy(request.HandlerScript!, clock.UtcNow());
        db.FunctionVersions.Add(version);
        await db.SaveChangesAsync(cancellationToken);
        return mapping.CreateMapper().Map<FunctionVersionView>(version);
    }
}
