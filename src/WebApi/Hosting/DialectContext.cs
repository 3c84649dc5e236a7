namespace ChatPlatform.WebApi.Hosting;

public static class DialectContext
{
    /// <summary>The dialect of the request's endpoint or, without an endpoint, the one with the longest match of the path.</summary>
    public static IDialect Dialect(this HttpContext context)
    {
        var dialects = context.RequestServices.GetServices<IDialect>();
        return context.GetEndpoint()?.Metadata.GetMetadata<IDialectMetadata>() is { } metadata
            ? dialects.First(dialect => dialect.GetType() == metadata.DialectType)
            : dialects.MaxBy(dialect => dialect.MatchLength(context.Request.Path))!;
    }
}
