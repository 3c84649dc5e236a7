using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatPlatform.WebApi.Hosting.OpenApi;

/// <summary>Adds the required scopes and the common errors of an operation, with the bodies that the dialect really writes.</summary>
internal sealed class ErrorResponses(IDialect dialect) : IOpenApiOperationTransformer
{
    private static readonly ServiceProvider SampleServices =
        new ServiceCollection().AddSingleton<TimeProvider>(new SampleClock()).BuildServiceProvider();

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        List<Error> errors = [CommonErrors.Invalid("name", "is required and must not be blank")];
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            errors.Add(ApplicationErrors.Unauthenticated);
            errors.Add(ApplicationErrors.Forbidden);
        }

        if (context.Description.RelativePath?.Contains('{', StringComparison.Ordinal) == true)
        {
            errors.Add(ChannelErrors.NotFound);
        }

        if (metadata.OfType<RequiresScopeAttribute>().SelectMany(attribute => attribute.Scopes).ToList() is { Count: > 0 } scopes)
        {
            operation.Description = $"{operation.Description}\n\nScopes: `{string.Join("`, `", scopes)}`.".Trim();
        }

        operation.Responses ??= [];
        foreach (var error in errors)
        {
            var (status, contentType, body) = await WriteAsync(error);
            operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse
            {
                Description = error.Message,
                Content = new Dictionary<string, OpenApiMediaType> { [contentType] = new OpenApiMediaType { Example = body } },
            });
        }
    }

    private async Task<(int Status, string ContentType, JsonNode? Body)> WriteAsync(Error error)
    {
        using var body = new MemoryStream();
        var sample = new DefaultHttpContext
        {
            RequestServices = SampleServices,
            TraceIdentifier = "4bf92f3577b34da6a3ce929d0e0e4736",
            Response = { Body = body },
        };

        // The trace of the caller must not get into the description.
        Activity.Current = null;
        await dialect.WriteErrorAsync(sample, error, ErrorStatus.Of(error));
        body.Position = 0;
        return (sample.Response.StatusCode, sample.Response.ContentType ?? "application/json", await JsonNode.ParseAsync(body));
    }

    private sealed class SampleClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 6, 15, 12, 30, 0, TimeSpan.Zero);
    }
}
