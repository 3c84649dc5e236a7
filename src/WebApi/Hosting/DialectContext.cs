namespace ChatPlatform.WebApi.Hosting;

public static class DialectContext
{
    /// <summary>The dialect of the request's endpoint or, where routing found none, of whoever claims most of the path.</summary>
    public static IDialect Dialect(this HttpContext context)
    {
        var dialects = context.RequestServices.GetServices<IDialect>();
        return context.GetEndpoint()?.Metadata.GetMetadata<IDialectMetadata>() is { } metadata
            ? dialects.First(dialect => dialect.GetType() == metadata.DialectType)
            : dialects.MaxBy(dialect => dialect.MatchLength(context.Request.Path))!;
    }
}
