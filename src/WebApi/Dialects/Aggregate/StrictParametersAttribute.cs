using ChatPlatform.Application.Common;
using ChatPlatform.WebApi.Hosting.Errors;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatPlatform.WebApi.Dialects.Aggregate;

/// <summary>Refuses query parameters that an address does not know, gets twice or gets without a value.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StrictParametersAttribute(params string[] known) : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var seen = new HashSet<string>();
        foreach (var parameter in new QueryStringEnumerable(context.HttpContext.Request.QueryString.Value))
        {
            var name = parameter.DecodeName().ToString();
            var wrong = !known.Contains(name) ? "is not a parameter here"
                : !seen.Add(name) ? "is given twice"
                : parameter.EncodedValue.IsEmpty ? "has no value"
                : null;
            if (wrong is not null)
            {
                context.Result = new ErrorResult(CommonErrors.Invalid(name, wrong));
                return;
            }
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
