using ChatPlatform.Application.Applications;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Errors;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ChatPlatform.WebApi.Dialects.Platform;

/// <summary>
/// Makes every <c>/v1/x</c> also answer at <c>/v1/applications/{applicationId}/x</c>, the form that links have; with the id of another
/// application nothing is there (platform contract, ruling 1).
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ApplicationAliasAttribute : Attribute, IControllerModelConvention, IResourceFilter
{
    private const string Root = "v1";
    private const string Parameter = "applicationId";

    public void Apply(ControllerModel controller)
    {
        foreach (var selector in controller.Selectors.Where(selector => selector.AttributeRouteModel is not null).ToList())
        {
            var template = selector.AttributeRouteModel!.Template!;
            if (template == Root || template.StartsWith(Root + "/", StringComparison.Ordinal))
            {
                controller.Selectors.Add(new SelectorModel(selector)
                {
                    AttributeRouteModel = new AttributeRouteModel(selector.AttributeRouteModel)
                    {
                        Template = $"{Root}/applications/{{{Parameter}:long}}{template[Root.Length..]}",
                    },
                });
            }
        }
    }

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (context.RouteData.Values.TryGetValue(Parameter, out var named)
            && long.Parse((string)named!, System.Globalization.CultureInfo.InvariantCulture) != context.HttpContext.User.ApplicationId())
        {
            context.Result = new ErrorResult(ApplicationErrors.NotFound);
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context) { }
}
