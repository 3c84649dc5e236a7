using ChatPlatform.Application.Statistics;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.Statistics;

internal static class StatisticsRegistration
{
    public static IServiceCollection AddStatistics(this IServiceCollection services)
    {
        services.AddSingleton<StatisticsFold>();
        services.AddSingleton<RollupGrowth>();
        services.AddSingleton<StatisticsVerifier>();
        services.AddScoped<RollupReader>();
        services.AddScoped<IChannelStatistics, ChannelStatistics>();
        services.AddScoped<IMessageStatistics, MessageStatistics>();
        services.AddScoped<IUserStatistics, UserStatistics>();
        services.AddHostedService<StatisticsFollower>();
        return services;
    }
}
