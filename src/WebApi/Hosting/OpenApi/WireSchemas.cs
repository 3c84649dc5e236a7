using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.WebApi.Hosting.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatPlatform.WebApi.Hosting.OpenApi;

/// <summary>Corrects schemas to the dialect's JSON: enum values as written, <see cref="Optional{T}"/> as its value.</summary>
internal sealed class WireSchemas(IDialect dialect) : IOpenApiSchemaTransformer
{
    private readonly JsonSerializerOptions _options = dialect.GetResponseFormat(new DefaultHttpContext()).Options;

    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            var words = Enum.GetValues(type).Cast<object>()
                .Select(value => JsonSerializer.SerializeToNode(value, type, _options)!).ToList();
            schema.Type = words[0].GetValueKind() is JsonValueKind.String ? JsonSchemaType.String : JsonSchemaType.Integer;
            schema.Enum = [.. words];
        }
        else if (type == typeof(RawJson))
        {
            Replace(schema, new OpenApiSchema { Type = JsonSchemaType.Object, Description = "Any JSON object; keys are never renamed." });
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            Replace(schema, await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, cancellationToken));
        }
    }

    private static void Replace(OpenApiSchema schema, OpenApiSchema source)
    {
        schema.Type = source.Type;
        schema.Format = source.Format;
        schema.Pattern = source.Pattern;
        schema.Enum = source.Enum;
        schema.Items = source.Items;
        schema.Properties = source.Properties;
        schema.Required = source.Required;
        schema.Description = source.Description;
    }
}
