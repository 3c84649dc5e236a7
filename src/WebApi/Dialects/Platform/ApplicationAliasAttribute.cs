using ChatPlatform.Application.Applications;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Errors;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ChatPlatform.WebApi.Dialects.Platform;

/// <summary>
/// Adds <c>/v1/applications/{applicationId}/x</c>, used by links, to each <c>/v1/x</c> (docs/contracts/platform.md#addresses).
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ApplicationAliasAttribute : Attribute, IControllerModelConvention, IResourceFilter
{
    private const string Root = "v1";
    private const string Parameter = "applicationId";

    public void Apply(ControllerModel controller)
    {
        AddAliases(controller.Selectors);
        foreach (var action in controller.Actions)
        {
            // Relative templates get theirs from the controller.
            AddAliases(action.Selectors, onlyAbsolute: true);
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context) { }

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (context.RouteData.Values.TryGetValue(Parameter, out var id)
            && long.Parse((string)id!, System.Globalization.CultureInfo.InvariantCulture) != context.HttpContext.User.ApplicationId())
        {
            context.Result = new ErrorResult(ApplicationErrors.NotFound);
        }
    }

    private static void AddAliases(IList<SelectorModel> selectors, bool onlyAbsolute = false)
    {
        foreach (var selector in selectors.ToList())
        {
            // The root has no alias: its alias would be the address of the application.
            if (selector.AttributeRouteModel is { Template: { } template } route
                && (route.IsAbsoluteTemplate ? template != "/" + Root : !onlyAbsolute)
                && AliasOf(template.TrimStart('/')) is { } alias)
            {
                selectors.Add(new SelectorModel(selector)
                {
                    AttributeRouteModel = new AttributeRouteModel(route) { Template = route.IsAbsoluteTemplate ? "/" + alias : alias },
                });
            }
        }
    }

    private static string? AliasOf(string template)
    {
        var isPlatformTemplate = template == Root || template.StartsWith(Root + "/", StringComparison.Ordinal);
        return isPlatformTemplate && !template.StartsWith(Root + "/applications/", StringComparison.Ordinal)
            ? $"{Root}/applications/{{{Parameter}:long}}{template[Root.Length..]}"
            : null;
    }
}
