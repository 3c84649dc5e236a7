using System.Text.Json;
using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Application.Jobs;

/// <summary>Stores an upload and imports it in the background, one import per application (docs/contracts/platform.md#imports).</summary>
/// <param name="Content">A JSON array or JSON lines, plain or gzip; read once.</param>
/// <param name="ChannelId">For <see cref="JobType.ChannelMembersImport"/> only; null when each item names its channel.</param>
public sealed record StartImport(JobType Type, Stream Content, long? ChannelId = null, bool DryRun = false, bool Atomic = false)
    : IRequest<Result<JobView>>;

internal sealed class StartImportValidator : AbstractValidator<StartImport>
{
    public StartImportValidator()
    {
        RuleFor(r => r.Type).Must(ImportTypes.All.Contains).WithMessage("must be an import type");
        RuleFor(r => r.ChannelId).Null().When(r => r.Type is not JobType.ChannelMembersImport);
    }
}

internal sealed class StartImportHandler(
    IChatDbContext db, IFileStore files, IJobSignal signal, ICurrentApplication application, IOptions<ImportLimits> limits,
    TimeProvider clock, IConfigurationProvider mapping) : IRequestHandler<StartImport, Result<JobView>>
{
    public async Task<Result<JobView>> Handle(StartImport request, CancellationToken cancellationToken)
    {
        if (request.ChannelId is not null && await CheckChannelAsync(request.ChannelId, cancellationToken) is { } error)
        {
            return error;
        }

        var saved = await files.SaveAsync(request.Content, limits.Value.MaxFileBytes, cancellationToken);
        if (!saved.IsSuccess)
        {
            return saved.Error;
        }

        var file = saved.Value;
        try
        {
            var arguments = new ImportArguments(request.ChannelId, request.DryRun, request.Atomic, file.Sha256);
            var job = Job.Create(
                application.Id, request.Type, clock.UtcNow(), JsonSerializer.Serialize(arguments), file.Name, file.Length);
            db.Jobs.Add(job);
            await db.SaveChangesAsync(cancellationToken);
            signal.Wake();
            return mapping.CreateMapper().Map<JobView>(job);
        }
        catch
        {
            files.Delete(file.Name);
            throw;
        }
    }

    private async Task<Error?> CheckChannelAsync(long? channelId, CancellationToken cancellationToken)
    {
        var type = await db.Channels.Where(channel => channel.Id == channelId)
            .Select(channel => (ChannelType?)channel.Type).FirstOrDefaultAsync(cancellationToken);
        return type switch
        {
            null => ChannelErrors.NotFound,
            ChannelType.Direct => ChannelErrors.DirectIsClosed,
            _ => null,
        };
    }
}
