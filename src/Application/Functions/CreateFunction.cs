using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Application.Functions;

/// <summary>Creates a function, which runs once it has a version (docs/contracts/platform.md#chat-functions).</summary>
/// <param name="Type">One of <see cref="FunctionTypes"/>.</param>
public sealed record CreateFunction(string? Type, string? Name, string? Description = null) : IRequest<Result<FunctionView>>;

internal sealed class CreateFunctionValidator : AbstractValidator<CreateFunction>
{
    public CreateFunctionValidator()
    {
        RuleFor(r => r.Type).Must(type => type is not null && FunctionTypes.All.Contains(type))
            .WithMessage($"must be one of {string.Join(", ", FunctionTypes.All)}");
        RuleFor(r => r.Name).RequiredText(TextLimits.Name);
        RuleFor(r => r.Description).OptionalText(ChatFunction.MaxDescription);
    }
}

internal sealed class CreateFunctionHandler(
    IChatDbContext db, ICurrentApplication application, IOptions<FunctionLimits> limits, IConfigurationProvider mapping, TimeProvider clock)
    : IRequestHandler<CreateFunction, Result<FunctionView>>
{
    public Task<Result<FunctionView>> Handle(CreateFunction request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => CreateAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<FunctionView>> CreateAsync(CreateFunction request, CancellationToken cancellationToken)
    {
        var runtime = await db.LockOrCreateRuntimeAsync(application, cancellationToken);
        if (await db.Functions.CountAsync(cancellationToken) >= limits.Value.MaxFunctions)
        {
            return FunctionErrors.TooMany(limits.Value.MaxFunctions);
        }

        var function = ChatFunction.Create(runtime, request.Type!, request.Name!, request.Description, clock.UtcNow());
        db.Functions.Add(function);
        await db.SaveChangesAsync(cancellationToken);
        return mapping.CreateMapper().Map<FunctionView>(function);
    }
}
