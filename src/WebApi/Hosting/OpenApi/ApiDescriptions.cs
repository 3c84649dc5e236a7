namespace ChatPlatform.WebApi.Hosting.OpenApi;

/// <summary>A description of each dialect, generated from the running routes, and a page to read and try them.</summary>
internal static class ApiDescriptions
{
    public static IServiceCollection AddApiDescriptions(this IServiceCollection services)
    {
        foreach (var name in Names)
        {
            services.AddOpenApi(name);
        }

        return services;
    }

    public static void MapApiDescriptions(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    public static void UseApiDocs(this WebApplication app) => app.UseSwaggerUI(options =>
    {
        options.RoutePrefix = "docs";
        options.DocumentTitle = "ChatPlatform";
        foreach (var name in Names)
        {
            options.SwaggerEndpoint($"/openapi/{name}.json", name);
        }
    });

    private static IEnumerable<string> Names => DialectRegistration.Dialects
        .Select(type => ((IDialect)Activator.CreateInstance(type, nonPublic: true)!).Name)
        .Order();
}
