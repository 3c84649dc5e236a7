using ChatPlatform.WebApi.Hosting.Errors;
using ChatPlatform.WebApi.Hosting.Idempotency;
using ChatPlatform.WebApi.Hosting.Json;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ChatPlatform.WebApi.Hosting;

internal static class DialectRegistration
{
    /// <summary>Registers all dialects of this assembly, and makes MVC read, write and fail as the dialect of the endpoint does.</summary>
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
            options.ModelBinderProviders.Insert(0, new TextBinder());
            options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            options.ModelBindingMessageProvider.SetAttemptedValueIsInvalidAccessor((value, _) => InvalidValue(value));
            options.ModelBindingMessageProvider.SetNonPropertyAttemptedValueIsInvalidAccessor(InvalidValue);
            options.Conventions.Add(new DialectConvention());
            options.Filters.Add<CharsetFilter>();
            options.Filters.Add<IdempotencyFilter>();
        }).ConfigureApiBehaviorOptions(options =>
        {
            options.SuppressMapClientErrors = true;
            options.InvalidModelStateResponseFactory = BindingErrors.CreateResponse;
        });
        return services;
    }

    private static string InvalidValue(string value) => $"cannot be '{value}'";

    internal static IEnumerable<Type> Dialects => typeof(IDialect).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IDialect)));

    private static IDialect CreateDialect(Type type) => (IDialect)Activator.CreateInstance(type, nonPublic: true)!;

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
