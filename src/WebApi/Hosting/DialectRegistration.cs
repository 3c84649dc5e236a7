using ChatPlatform.WebApi.Hosting.Errors;
using ChatPlatform.WebApi.Hosting.Idempotency;
using ChatPlatform.WebApi.Hosting.Json;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ChatPlatform.WebApi.Hosting;

internal static class DialectRegistration
{
    /// <summary>
    /// Every dialect found in this assembly, and MVC taught to read, write and refuse as the endpoint's dialect does.
    /// </summary>
    public static IServiceCollection AddDialects(this IServiceCollection services)
    {
        foreach (var type in Dialects)
        {
            services.AddSingleton(typeof(IDialect), type);
            CreateDialect(type).AddServices(services);
        }

        services.AddControllers(options =>
        {
            options.InputFormatters.Clear();
            options.InputFormatters.Add(new DialectInputFormatter());
            options.OutputFormatters.Clear();
            options.OutputFormatters.Add(new DialectOutputFormatter());
            options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            options.ModelBindingMessageProvider.SetAttemptedValueIsInvalidAccessor((value, _) => Unreadable(value));
            options.ModelBindingMessageProvider.SetNonPropertyAttemptedValueIsInvalidAccessor(Unreadable);
            options.Conventions.Add(new DialectConvention());
            options.Filters.Add<IdempotencyFilter>();
        }).ConfigureApiBehaviorOptions(options =>
        {
            options.SuppressMapClientErrors = true;
            options.InvalidModelStateResponseFactory = BindingErrors.CreateResponse;
        });
        return services;
    }

    private static string Unreadable(string value) => $"cannot be '{value}'";

    internal static IEnumerable<Type> Dialects => typeof(IDialect).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IDialect)));

    private static IDialect CreateDialect(Type type) => (IDialect)Activator.CreateInstance(type, nonPublic: true)!;

    /// <summary>Files each controller under its dialect's API description.</summary>
    private sealed class DialectConvention : IControllerModelConvention
    {
        public void Apply(ControllerModel controller)
        {
            if (controller.Attributes.OfType<IDialectMetadata>().FirstOrDefault() is { } metadata)
            {
                controller.ApiExplorer.GroupName = CreateDialect(metadata.DialectType).Name;
            }
        }
    }
}
