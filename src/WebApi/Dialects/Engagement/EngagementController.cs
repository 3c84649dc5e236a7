using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

public abstract class EngagementController(IMediator mediator) : DialectController(mediator)
{
    private protected async Task<IActionResult> Show<T>(
        string[] parameters, Func<Report, IRequest<Result<T>>> request, Func<T, Report, object> shape)
    {
        var report = ReportParameters.Read(Request.QueryString, parameters);
        return report.IsSuccess ? await Send(request(report.Value), value => shape(value, report.Value)) : Refuse(report.Error);
    }
}
