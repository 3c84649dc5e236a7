using System.Diagnostics;

namespace ChatPlatform.WebApi.Hosting.Errors;

public static class TraceIds
{
    /// <summary>What the log knows this request by.</summary>
    public static string TraceId(this HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}
