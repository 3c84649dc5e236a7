using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatPlatform.WebApi.Hosting.OpenApi;

internal sealed class Examples(IDialect dialect) : IOpenApiOperationTransformer
{
    private readonly SampleJson _samples = new(dialect.GetResponseFormat(new DefaultHttpContext()).Options);

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var body = context.Description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body)?.Type;
        if (body is not null)
        {
            SetExample(operation.RequestBody?.Content, _samples.Of(body));
        }

        foreach (var response in context.Description.SupportedResponseTypes.Where(response => response.StatusCode is >= 200 and < 300))
        {
            if (response.Type is { } type && type != typeof(void)
                && operation.Responses?.TryGetValue($"{response.StatusCode}", out var described) == true)
            {
                SetExample(described.Content, _samples.Of(type));
            }
        }

        return Task.CompletedTask;
    }

    private static void SetExample(IDictionary<string, OpenApiMediaType>? content, JsonNode? example)
    {
        foreach (var (_, media) in (content ?? new Dictionary<string, OpenApiMediaType>()).Where(pair => pair.Key.Contains("json")))
        {
            media.Example ??= example?.DeepClone();
        }
    }
}
