using System.Text.RegularExpressions;
using ChatPlatform.Application.Common;
using ChatPlatform.WebApi.Hosting.Errors;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatPlatform.WebApi.Dialects.Aggregate;

/// <summary>
/// Refuses unknown, repeated and empty query parameters, and number formats other than decimal digits, which model binding would
/// accept (docs/contracts/aggregate.md#errors).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed partial class StrictParametersAttribute(params string[] known) : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var seen = new HashSet<string>();
        foreach (var parameter in new QueryStringEnumerable(context.HttpContext.Request.QueryString.Value))
        {
            var name = parameter.DecodeName().ToString();
            var reason = !known.Contains(name) ? "is not a known parameter"
                : !seen.Add(name) ? "must not be repeated"
                : parameter.EncodedValue.IsEmpty ? "must have a value"
                : name != "active" && !Integer().IsMatch(parameter.DecodeValue().Span) ? "must be an integer"
                : null;
            if (reason is not null)
            {
                context.Result = new ErrorResult(CommonErrors.Invalid(name, reason));
                return;
            }
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }

    [GeneratedRegex(@"^-?[0-9]+\z")]
    private static partial Regex Integer();
}
