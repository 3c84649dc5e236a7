using System.Text.Json;
using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Jobs;

/// <summary>
/// Has a file written in the background: analytics of messages or of users, or the whole application in the form in which it can be
/// imported (platform contract, operations 1 and 2, ruling 13).
/// </summary>
/// <param name="From">Of analytics: messages sent then or later (UTC); null for all from the first.</param>
/// <param name="To">Of analytics: messages sent before then (UTC); null for all to the last.</param>
/// <param name="TimeZone">Of analytics: the IANA name of the zone that days belong to; null takes UTC.</param>
/// <param name="Format">Of analytics.</param>
public sealed record StartExport(
    JobType Type, DateTime? From = null, DateTime? To = null, string? TimeZone = null, ExportFormat Format = ExportFormat.Csv)
    : IRequest<Result<JobView>>;

internal sealed class StartExportValidator : AbstractValidator<StartExport>
{
    public StartExportValidator()
    {
        RuleFor(r => r.Type).Must(ExportTypes.All.Contains).WithMessage("must be an export");
        RuleFor(r => r.To).GreaterThan(r => r.From).WithMessage("must lie after from").When(r => r.From is not null && r.To is not null);
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
