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

/// <summary>Versions of a function, newest first by default.</summary>
public sealed record ListFunctionVersions(long FunctionId, PageRequest Page) : IRequest<Result<Page<FunctionVersionView>>>;

internal sealed class ListFunctionVersionsValidator : AbstractValidator<ListFunctionVersions>
{
    public static readonly Sorting<ChatFunctionVersion> Sorting = new Sorting<ChatFunctionVersion>("id", version => version.Id)
        .By("versionNumber", version => version.Number);

    public ListFunctionVersionsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListFunctionVersionsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListFunctionVersions, Result<Page<FunctionVersionView>>>
{
    public async Task<Result<Page<FunctionVersionView>>> Handle(ListFunctionVersions request, CancellationToken cancellationToken)
    {
        if (!await db.Functions.AnyAsync(function => function.Id == request.FunctionId, cancellationToken))
        {
            return FunctionErrors.NotFound;
        }

        var versions = db.FunctionVersions.Where(version => version.FunctionId == request.FunctionId);
        return await ListFunctionVersionsValidator.Sorting.Apply(versions, request.Page.SortOrNewest())
            .ProjectTo<FunctionVersionView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
