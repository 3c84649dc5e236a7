using System.Diagnostics;

namespace ChatPlatform.WebApi.Hosting.Errors;

public static class TraceIds
{
    /// <summary>The id of this request in the log.</summary>
    public static string TraceId(this HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}
