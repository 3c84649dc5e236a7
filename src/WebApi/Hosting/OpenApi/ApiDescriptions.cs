namespace ChatPlatform.WebApi.Hosting.OpenApi;

internal static class ApiDescriptions
{
    public static IServiceCollection AddApiDescriptions(this IServiceCollection services)
    {
        foreach (var dialect in Dialects)
        {
            services.AddOpenApi(dialect.Name, options =>
            {
                options.AddSchemaTransformer<StringSchemas>();
                options.AddDocumentTransformer(new DialectDocument(dialect));
                options.AddOperationTransformer(new ErrorResponses(dialect));
                options.AddOperationTransformer(new Examples(dialect));
                options.AddSchemaTransformer(new WireSchemas(dialect));
            });
        }

        return services;
    }

    public static void MapApiDescriptions(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    public static void UseApiDocs(this WebApplication app) => app.UseSwaggerUI(options =>
    {
        options.RoutePrefix = "docs";
        options.DocumentTitle = "ChatPlatform";
        foreach (var dialect in Dialects)
        {
            options.SwaggerEndpoint($"/openapi/{dialect.Name}.json", dialect.Name);
        }
    });

    private static IEnumerable<IDialect> Dialects => DialectRegistration.Dialects
        .Select(type => (IDialect)Activator.CreateInstance(type, nonPublic: true)!)
        .OrderBy(dialect => dialect.Name, StringComparer.Ordinal);
}
