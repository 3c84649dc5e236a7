using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

/// <summary>Changes the settings of a function (docs/contracts/platform.md#chat-functions).</summary>
/// <param name="FailOpen">For blocking functions: whether the action proceeds when the function cannot run.</param>
/// <param name="Versions">Accepted entity versions; null for any.</param>
public sealed record UpdateFunction(
    long Id,
    Optional<string> Name = default,
    Optional<string> Description = default,
    Optional<bool?> Enabled = default,
    Optional<bool?> FailOpen = default,
    IReadOnlyCollection<uint>? Versions = null) : IRequest<Result<FunctionView>>;

internal sealed class UpdateFunctionValidator : AbstractValidator<UpdateFunction>
{
    public UpdateFunctionValidator()
    {
        RuleFor(r => r.Name.Value).RequiredText(TextLimits.Name).When(r => r.Name.IsSet).OverridePropertyName("name");
        RuleFor(r => r.Description.Value).OptionalText(ChatFunction.MaxDescription).OverridePropertyName("description");
        RuleFor(r => r.Enabled.Value).NotNull().WithMessage("must be true or false").When(r => r.Enabled.IsSet)
            .OverridePropertyName("enabled");
        RuleFor(r => r.FailOpen.Value).NotNull().WithMessage("must be true or false").When(r => r.FailOpen.IsSet)
            .OverridePropertyName("failOpen");
    }
}

internal sealed class UpdateFunctionHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<UpdateFunction, Result<FunctionView>>
{
    public Task<Result<FunctionView>> Handle(UpdateFunction request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => UpdateAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<FunctionView>> UpdateAsync(UpdateFunction request, CancellationToken cancellationToken)
    {
        // Concurrent changes of different fields are all applied.
        await db.LockAsync<ChatFunction>([request.Id], cancellationToken);
        var function = await db.Functions.Include(function => function.Runtime)
            .FirstOrDefaultAsync(function => function.Id == request.Id, cancellationToken);
        if (function is null)
        {
            return FunctionErrors.NotFound;
        }

        if (!Preconditions.Hold(request.Versions, function.Version))
        {
            return CommonErrors.Changed;
        }

        if (Apply(request, function) is { } refused)
        {
            return refused;
        }

        await db.SaveChangesAsync(cancellationToken);
        return mapping.CreateMapper().Map<FunctionView>(function);
    }

    private static Error? Apply(UpdateFunction request, ChatFunction function)
    {
        if (request.Name.IsSet)
        {
            function.Rename(request.Name.Value!);
        }

        if (request.Description.IsSet)
        {
            function.SetDescription(request.Description.Value);
        }

        return (request.Enabled.Value is { } enabled ? function.SetEnabled(enabled).Error : null)
            ?? (request.FailOpen.Value is { } open ? function.SetFailOpen(open).Error : null);
    }
}
