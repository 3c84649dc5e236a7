using ChatPlatform.Application.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.Secrets;

internal static class SecretRegistration
{
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddOptions<SecretOptions>().Configure<IServiceProvider>((options, provider) =>
            provider.GetService<IConfiguration>()?.GetSection("Secrets").Bind(options));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<SecretKeys>();
        return services.AddScoped<ISecretBox, SecretBox>();
    }
}
