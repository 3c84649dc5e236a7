using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Application.Functions;

/// <summary>What the functions of the application run in (platform contract, operation 44).</summary>
public sealed record GetRuntime : IRequest<Result<RuntimeView>>;

internal sealed class GetRuntimeHandler(RuntimeQueries queries) : IRequestHandler<GetRuntime, Result<RuntimeView>>
{
    public async Task<Result<RuntimeView>> Handle(GetRuntime request, CancellationToken cancellationToken) =>
        await queries.GetAsync(cancellationToken);
}
