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

/// <summary>Dead letters of a function, newest first by default.</summary>
public sealed record ListDeadLetters(long FunctionId, PageRequest Page) : IRequest<Result<Page<DeadLetterView>>>;

internal sealed class ListDeadLettersValidator : AbstractValidator<ListDeadLetters>
{
    public static readonly Sorting<FunctionDelivery> Sorting = new("id", letter => letter.Id);

    public ListDeadLettersValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListDeadLettersHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListDeadLetters, Result<Page<DeadLetterView>>>
{
    public async Task<Result<Page<DeadLetterView>>> Handle(ListDeadLetters request, CancellationToken cancellationToken)
    {
        if (!await db.Functions.AnyAsync(function => function.Id == request.FunctionId, cancellationToken))
        {
            return FunctionErrors.NotFound;
        }

        var letters = db.FunctionDeliveries
            .Where(letter => letter.FunctionId == request.FunctionId && letter.State == DeliveryState.Dead);
        return await ListDeadLettersValidator.Sorting.Apply(letters, request.Page.SortOrNewest()).ProjectTo<DeadLetterView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
