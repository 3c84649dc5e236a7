using System.Text.RegularExpressions;
using ChatPlatform.Application.Common;
using ChatPlatform.WebApi.Hosting.Errors;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatPlatform.WebApi.Dialects.Aggregate;

/// <summary>
/// Refuses query parameters that an address does not know, gets twice or gets without a value, and numbers written otherwise than in
/// decimal digits, which binding would take.
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
            var wrong = !known.Contains(name) ? "is not a parameter here"
                : !seen.Add(name) ? "is given twice"
                : parameter.EncodedValue.IsEmpty ? "has no value"
                : name != "active" && !Integer().IsMatch(parameter.DecodeValue().Span) ? "must be an integer"
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

    [GeneratedRegex(@"^-?[0-9]+\z")]
    private static partial Regex Integer();
}
