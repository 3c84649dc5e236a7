using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Infrastructure.ChatConnectors.Internal;
using ChatPlatform.Infrastructure.ChatConnectors.Outbox;
using ChatPlatform.Infrastructure.ChatConnectors.Telegram;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.ChatConnectors;

internal static class ChatConnectorRegistration
{
    public static IServiceCollection AddChatConnectors(this IServiceCollection services)
    {
        services.AddScoped<IChatLock, ChatLock>();
        services.AddScoped<IJobRunner, ProvisionChatJob>();
        services.AddSingleton<IChatConnector, InternalChatConnector>();
        services.AddTelegram();

        services.AddSingleton<ChatOutboxFollower>();
        services.AddSingleton<ChatOutboxDispatcher>();
        services.AddSingleton<ChatOutboxCleanup>();
        services.AddSingleton<ChatOutboxMetrics>();
        services.AddHostedService<ChatOutboxWorker>();
        services.AddHealthChecks().AddCheck<ChatOutboxHealth>("chat services", tags: ["ready"]);
        return services;
    }

    private static void AddTelegram(this IServiceCollection services)
    {
        services.AddOptions<TelegramOptions>()
            .Configure<IServiceProvider>((options, provider) =>
                provider.GetService<IConfiguration>()?.GetSection("Telegram").Bind(options))
            .Validate(
                options => Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var url) && url.PathAndQuery == "/",
                "Telegram:BaseUrl must be an absolute URL without a path.")
            .ValidateOnStart();
        services.AddSingleton<TelegramBots>();
        services.AddSingleton<TelegramApi>();
        services.AddSingleton<IChatConnector, TelegramChatConnector>();
        services.AddHostedService<TelegramWebhookWorker>();
    }
}
