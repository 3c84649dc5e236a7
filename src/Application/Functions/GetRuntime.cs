using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Application.Functions;

public sealed record GetRuntime : IRequest<Result<RuntimeView>>;

internal sealed class GetRuntimeHandler(RuntimeQueries queries) : IRequestHandler<GetRuntime, Result<RuntimeView>>
{
    public async Task<Result<RuntimeView>> Handle(GetRuntime request, CancellationToken cancellationToken) =>
        await queries.GetAsync(cancellationToken);
}
