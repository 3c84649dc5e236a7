using System.Text.Json;
using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Jobs;

/// <summary>Starts an export in the background (docs/contracts/platform.md#exports). The parameters apply to analytics only.</summary>
/// <param name="TimeZone">IANA name; null for UTC. <c>From</c> (inclusive) and <c>To</c> (exclusive) are UTC.</param>
public sealed record StartExport(
    JobType Type, DateTime? From = null, DateTime? To = null, string? TimeZone = null, ExportFormat Format = ExportFormat.Csv)
    : IRequest<Result<JobView>>;

internal sealed class StartExportValidator : AbstractValidator<StartExport>
{
    public StartExportValidator()
    {
        RuleFor(r => r.Type).Must(ExportTypes.All.Contains).WithMessage("must be an export type");
        RuleFor(r => r.To).GreaterThan(r => r.From).WithMessage("must be after from").When(r => r.From is not null && r.To is not null);
        RuleFor(r => r.Format).IsInEnum();
    }
}

internal sealed class StartExportHandler(
    IChatDbContext db, IJobSignal signal, ICurrentApplication application, TimeProvider clock, IConfigurationProvider mapping)
    : IRequestHandler<StartExport, Result<JobView>>
{
    public async Task<Result<JobView>> Handle(StartExport request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return calendar.Error;
        }

        var arguments = new ExportArguments(request.From, request.To, request.TimeZone ?? "UTC", request.Format);
        var job = Job.Create(application.Id, request.Type, clock.UtcNow(), JsonSerializer.Serialize(arguments));
        db.Jobs.Add(job);
        await db.SaveChangesAsync(cancellationToken);
        signal.Wake();
        return mapping.CreateMapper().Map<JobView>(job);
    }
}
