using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Infrastructure.ChatServices.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.ChatServices;

internal static class ChatServiceRegistration
{
    public static IServiceCollection AddChatServices(this IServiceCollection services)
    {
        services.AddScoped<IChatLock, ChatLock>();
        services.AddScoped<IJobRunner, ChatCreation>();
        services.AddSingleton<IChatService, InternalChatService>();
        return services;
    }
}
