using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatPlatform.WebApi.Hosting.OpenApi;

/// <summary>The type is a string in JSON.</summary>
/// <param name="format">The JSON Schema format, such as <c>date-time</c>; null for none.</param>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class)]
public sealed class StringSchemaAttribute(string? format = null) : Attribute
{
    public string? Format { get; } = format;
}

internal sealed class StringSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (Attribute.GetCustomAttribute(type, typeof(StringSchemaAttribute)) is StringSchemaAttribute text)
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = text.Format;
            schema.Properties = null;
            schema.Required = null;
        }

        return Task.CompletedTask;
    }
}
