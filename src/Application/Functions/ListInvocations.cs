using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

/// <summary>Runs of a function, newest first by default.</summary>
public sealed record ListInvocations(long FunctionId, PageRequest Page) : IRequest<Result<Page<InvocationView>>>;

internal sealed class ListInvocationsValidator : AbstractValidator<ListInvocations>
{
    public static readonly Sorting<ChatFunctionInvocation> Sorting = new("id", invocation => invocation.Id);

    public ListInvocationsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListInvocationsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListInvocations, Result<Page<InvocationView>>>
{
    public async Task<Result<Page<InvocationView>>> Handle(ListInvocations request, CancellationToken cancellationToken)
    {
        if (!await db.Functions.AnyAsync(function => function.Id == request.FunctionId, cancellationToken))
        {
            return FunctionErrors.NotFound;
        }

        var invocations = db.FunctionInvocations.Where(invocation => invocation.FunctionId == request.FunctionId);
        return await ListInvocationsValidator.Sorting.Apply(invocations, request.Page.SortOrNewest()).ProjectTo<InvocationView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
