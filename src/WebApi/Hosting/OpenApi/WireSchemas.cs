using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.WebApi.Hosting.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatPlatform.WebApi.Hosting.OpenApi;

/// <summary>Describes what a dialect's own JSON rules make of a type: enums as its words, fields that may be left out as what they hold.</summary>
internal sealed class WireSchemas(IDialect dialect) : IOpenApiSchemaTransformer
{
    private readonly JsonSerializerOptions _options = dialect.GetResponseFormat(new DefaultHttpContext()).Options;

    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            var words = Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, type, _options)!).ToList();
            schema.Type = words[0].GetValueKind() is JsonValueKind.String ? JsonSchemaType.String : JsonSchemaType.Integer;
            schema.Enum = [.. words];
        }
        else if (type == typeof(RawJson))
        {
            Replace(schema, new OpenApiSchema { Type = JsonSchemaType.Object, Description = "Any JSON object; its keys stay as they are." });
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            Replace(schema, await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, cancellationToken));
        }
    }

    private static void Replace(OpenApiSchema schema, OpenApiSchema by)
    {
        schema.Type = by.Type;
        schema.Format = by.Format;
        schema.Pattern = by.Pattern;
        schema.Enum = by.Enum;
        schema.Items = by.Items;
        schema.Properties = by.Properties;
        schema.Required = by.Required;
        schema.Description = by.Description;
    }
}
