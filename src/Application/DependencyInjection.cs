using System.Reflection;
using AutoMapper;
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

/// <summary>
/// All that depends on the versions of MediatR (5: no AddMediatR) and AutoMapper (8: no AddAutoMapper) is registered here.
/// </summary>
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

        foreach (var validator in AssemblyScanner.FindValidatorsInAssembly(assembly, includeInternalTypes: true))
        {
            services.AddSingleton(validator.InterfaceType, validator.ValidatorType);
        }

        var mapping = new MapperConfiguration(configuration =>
        {
            ForgetExtensionMethods(configuration);
            configuration.AddProfiles(assembly);
            configuration.ForAllMaps((_, map) => map.MaxDepth(4));
        });
        services.AddSingleton<AutoMapper.IConfigurationProvider>(mapping);
        services.AddScoped<ChannelReads>();
        services.AddScoped<MessageReads>();
        services.AddScoped<FileIntake>();
        services.AddScoped<NotificationReads>();
        services.AddScoped<ChatSessionNews>();
        services.AddScoped<ChatReads>();
        services.AddScoped<ChatMessageReads>();
        services.AddScoped<ChatIntake>();
        services.AddScoped<FunctionOrigin>();
        services.AddScoped<RuntimeReads>();
        services.AddScoped<FunctionHooks>();
        services.AddScoped<FunctionHappenings>();
        services.AddSingleton<FunctionEnvironments>();
        services.AddSingleton<FunctionRuns>();
        return services;
    }

    /// <summary>
    /// AutoMapper 8 tries all of LINQ's extension methods on every enumerable type and every record, and trips over those of newer
    /// .NET versions whose type parameter is constrained. It has no setting against it.
    /// </summary>
    private static void ForgetExtensionMethods(IMapperConfigurationExpression configuration)
    {
        var methods = typeof(Profile).GetField("_sourceExtensionMethods", BindingFlags.NonPublic | BindingFlags.Instance)!;
        ((List<MethodInfo>)methods.GetValue(configuration)!).Clear();
    }

    private static bool IsHandler(Type contract) =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>);
}
