using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

/// <summary>Console output of a run, oldest first; empty until the run has ended.</summary>
public sealed record GetInvocationConsole(long Id) : IRequest<Result<IReadOnlyList<InvocationConsoleLine>>>;

internal sealed class GetInvocationConsoleHandler(IChatDbContext db)
    : IRequestHandler<GetInvocationConsole, Result<IReadOnlyList<InvocationConsoleLine>>>
{
    public async Task<Result<IReadOnlyList<InvocationConsoleLine>>> Handle(
        GetInvocationConsole request, CancellationToken cancellationToken) =>
        await db.FunctionInvocations
            .Where(invocation => invocation.Id == request.Id && db.Functions.Any(function => function.Id == invocation.FunctionId))
            .Select(invocation => invocation.Console)
            .FirstOrDefaultAsync(cancellationToken) is { } lines
            ? Result<IReadOnlyList<InvocationConsoleLine>>.Of(lines)
            : FunctionErrors.InvocationNotFound;
}
