using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Infrastructure.ChatServices.Internal;
using ChatPlatform.Infrastructure.ChatServices.Outbox;
using ChatPlatform.Infrastructure.ChatServices.Telegram;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.ChatServices;

internal static class ChatServiceRegistration
{
    public static IServiceCollection AddChatServices(this IServiceCollection services)
    {
        services.AddScoped<IChatLock, ChatLock>();
        services.AddScoped<IJobRunner, ChatCreation>();
        services.AddSingleton<IChatService, InternalChatService>();
        services.AddTelegram();

        services.AddSingleton<ChatFeed>();
        services.AddSingleton<CallDelivery>();
        services.AddSingleton<CallPruning>();
        services.AddSingleton<ChatServiceMetrics>();
        services.AddHostedService<ChatCallWorker>();
        services.AddHealthChecks().AddCheck<ChatServicesHealth>("chat services", tags: ["ready"]);
        return services;
    }

    private static void AddTelegram(this IServiceCollection services)
    {
        services.AddOptions<TelegramOptions>().Configure<IServiceProvider>((options, provider) =>
            provider.GetService<IConfiguration>()?.GetSection("Telegram").Bind(options));
        services.AddSingleton<TelegramBots>();
        services.AddSingleton<TelegramClient>();
        services.AddSingleton<IChatService, TelegramChatService>();
        services.AddHostedService<TelegramWebhookSetup>();
    }
}
