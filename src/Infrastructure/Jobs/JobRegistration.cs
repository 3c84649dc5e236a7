using ChatPlatform.Application.Jobs;
using ChatPlatform.Infrastructure.Jobs.Exports;
using ChatPlatform.Infrastructure.Jobs.Imports;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.Jobs;

internal static class JobRegistration
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddOptions<JobOptions>().Configure<IServiceProvider>((options, provider) =>
            provider.GetService<IConfiguration>()?.GetSection("Jobs").Bind(options));
        services.AddOptions<ImportLimits>().Configure<IServiceProvider>((options, provider) =>
            provider.GetService<IConfiguration>()?.GetSection("Imports").Bind(options));
        services.AddSingleton<JobSignal>();
        services.AddSingleton<IJobSignal>(provider => provider.GetRequiredService<JobSignal>());
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobExecution>();
        services.AddSingleton(provider =>
        {
            using var db = provider.GetRequiredService<IDbContextFactory<ChatDbContext>>().CreateDbContext();
            return new BulkTables(db.Model);
        });
        services.AddScoped<IJobRunner, ImportRunner>();
        services.AddSingleton<IExport, AnalyticsExport>();
        services.AddSingleton<IExport, ApplicationExport>();
        services.AddScoped<IJobRunner, ExportRunner>();
        services.AddSingleton<JobFileCleanup>();
        services.AddHostedService<JobCleanupWorker>();
        return services.AddHostedService<JobWorker>();
    }
}
