using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.Erasure;

internal static class ErasureRegistration
{
    public static IServiceCollection AddErasure(this IServiceCollection services) =>
        services.AddScoped<IErasure, Erasure>().AddScoped<IJobRunner, ErasureJob>();
}
