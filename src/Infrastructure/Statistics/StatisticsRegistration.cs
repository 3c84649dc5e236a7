using ChatPlatform.Application.Statistics;
using ChatPlatform.Infrastructure.Events;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

internal static class StatisticsRegistration
{
    public static IServiceCollection AddStatistics(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new StatisticsDatabase(connectionString));
        services.AddSingleton(provider => new StatisticsFold(Source(provider)));
        services.AddSingleton(provider => new StatisticsCompaction(Source(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StatisticsVerifier(Source(provider)));
        services.AddSingleton(provider => new StatisticsRebuild(Source(provider), provider.GetRequiredService<StatisticsCompaction>()));
        services.AddScoped<RollupReader>();
        services.AddScoped<IChannelStatistics, ChannelStatistics>();
        services.AddScoped<IMessageStatistics, MessageStatistics>();
        services.AddScoped<IUserStatistics, UserStatistics>();
        services.AddOptions<StatisticsOptions>().Configure<IServiceProvider>((options, provider) =>
            provider.GetService<IConfiguration>()?.GetSection("Statistics").Bind(options));
        services.AddMetrics();
        services.AddSingleton<EventLog>();
        services.AddHostedService<StatisticsFollower>();
        services.AddSingleton<StatisticsSelfCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<StatisticsSelfCheck>());
        return services;
    }

    private static NpgsqlDataSource Source(IServiceProvider provider) => provider.GetRequiredService<StatisticsDatabase>().Writing;
}
