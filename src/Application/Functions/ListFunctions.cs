using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Functions;

/// <summary>Functions of the application, sorted by id by default.</summary>
public sealed record ListFunctions(PageRequest Page) : IRequest<Result<Page<FunctionView>>>;

internal sealed class ListFunctionsValidator : AbstractValidator<ListFunctions>
{
    public static readonly Sorting<ChatFunction> Sorting = new Sorting<ChatFunction>("id", function => function.Id)
        .By("type", function => function.Type)
        .By("name", function => function.Name)
        .By("enabled", function => function.Enabled)
        .By("currentVersionNumber", function => function.CurrentVersionNumber);

    public ListFunctionsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListFunctionsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListFunctions, Result<Page<FunctionView>>>
{
    public async Task<Result<Page<FunctionView>>> Handle(ListFunctions request, CancellationToken cancellationToken) =>
        await ListFunctionsValidator.Sorting.Apply(db.Functions, request.Page.Sort).ProjectTo<FunctionView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
}
