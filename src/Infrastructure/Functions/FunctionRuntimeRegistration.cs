using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Dependencies;
using ChatPlatform.Infrastructure.Functions.Egress;
using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Functions.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions;

internal static class FunctionRuntimeRegistration
{
    public static IServiceCollection AddFunctionRuntime(this IServiceCollection services)
    {
        services.AddOptions<FunctionOptions>().Configure<IServiceProvider>((options, provider) =>
        {
            var configuration = provider.GetService<IConfiguration>();
            if (configuration?["DataFolder"] is { } dataFolder)
            {
                options.Folder = Path.Combine(dataFolder, "functions");
            }

            configuration?.GetSection("Functions").Bind(options);
        }).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FunctionOptions>, Validation>();
        services.AddSingleton<NodeRuntime>();
        services.AddSingleton<ScriptCheck>();
        services.AddSingleton<EgressProxy>();
        services.AddSingleton<ProcessPool>();
        services.AddSingleton<DependencyStore>();
        services.AddSingleton<IDependencyInstaller, NpmInstaller>();
        return services.AddSingleton<IFunctionRuntime, NodeFunctionRuntime>();
    }

    private sealed class Validation : IValidateOptions<FunctionOptions>
    {
        public ValidateOptionsResult Validate(string? name, FunctionOptions options) =>
            options.Validate() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
