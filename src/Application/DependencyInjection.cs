using AutoMapper;
using AutoMapper.Internal;
using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Common.Behaviours;
using ChatPlatform.Application.Files;
using ChatPlatform.Application.Functions;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Notifications;
using ChatPlatform.Application.Sessions;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Application;

/// <summary>MediatR 5 has no AddMediatR, so handlers are registered by reflection.</summary>
public static class DependencyInjection
{
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        var assembly = typeof(DependencyInjection).Assembly;

        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(SlowRequests<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Validation<,>));
        foreach (var handler in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
        {
            foreach (var contract in handler.GetInterfaces().Where(IsHandler))
            {
                services.AddScoped(contract, handler);
            }
        }

        services.AddValidatorsFromAssembly(assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        var mapping = new MapperConfiguration(configuration =>
        {
            configuration.AddMaps(assembly);
            configuration.Internal().ForAllMaps((_, map) => map.MaxDepth(4));
        });
        services.AddSingleton<AutoMapper.IConfigurationProvider>(mapping);
        services.AddScoped<ChannelQueries>();
        services.AddScoped<MessageQueries>();
        services.AddScoped<FileUploads>();
        services.AddScoped<NotificationQueries>();
        services.AddScoped<ChatSessionEventQueries>();
        services.AddScoped<ChatQueries>();
        services.AddScoped<ChatMessageQueries>();
        services.AddScoped<InboundUpdateHandler>();
        services.AddScoped<CallOrigin>();
        services.AddScoped<RuntimeQueries>();
        services.AddScoped<FunctionHooks>();
        services.AddScoped<FunctionEventReader>();
        services.AddSingleton<FunctionEnvironments>();
        services.AddSingleton<FunctionRunner>();
        return services;
    }

    private static bool IsHandler(Type contract) =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>);
}
