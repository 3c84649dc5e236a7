using System.Reflection;
using System.Runtime.CompilerServices;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Testing;

/// <summary>All errors that the code declares: in fields, or from methods called with arbitrary arguments.</summary>
public static class DeclaredErrors
{
    public static IEnumerable<(string Member, string Code)> In(params Assembly[] assemblies) => assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsAbstract: true, IsSealed: true } && !type.IsDefined(typeof(CompilerGeneratedAttribute)))
        .SelectMany(Of);

    private static IEnumerable<(string Member, string Code)> Of(Type type)
    {
        const BindingFlags flags = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var field in type.GetFields(flags).Where(field => field.FieldType.IsAssignableTo(typeof(Error)) && field.IsInitOnly))
        {
            yield return ($"{type.Name}.{field.Name}", ((Error)field.GetValue(null)!).Code);
        }

        foreach (var method in type.GetMethods(flags).Where(method => type.IsPublic && method.IsPublic
            && method.ReturnType.IsAssignableTo(typeof(Error)) && !method.IsGenericMethod))
        {
            var error = (Error)method.Invoke(null, [.. method.GetParameters().Select(parameter => Anything(parameter.ParameterType))])!;
            yield return ($"{type.Name}.{method.Name}", error.Code);
        }
    }

    private static object? Anything(Type type) => type switch
    {
        _ when type == typeof(string) => "anything",
        _ when type.IsValueType => Activator.CreateInstance(type),
        _ when type == typeof(IReadOnlyDictionary<string, string[]>) => new Dictionary<string, string[]>(),
        _ when type.IsInterface && type.IsGenericType => Array.CreateInstance(type.GetGenericArguments()[0], 0),
        _ => null,
    };
}
