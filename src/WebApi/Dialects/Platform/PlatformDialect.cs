using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Dialects.Platform.Functions;
using ChatPlatform.WebApi.Dialects.Platform.Json;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform;

/// <summary>HAL with camelCase or snake_case names (docs/contracts/platform.md#media-types-and-casing).</summary>
public sealed class PlatformDialect : IDialect
{
    private static readonly PathString Root = "/v1";
    private static readonly PathString Files = "/files";

    public string Name => "platform";

    public string AuthenticationScheme => Schemes.Bearer;

    public void AddServices(IServiceCollection services) =>
        services.AddSingleton<IFunctionInputs, FunctionInputs>().AddScoped<IFunctionApi, FunctionApi>()
            .AddSingleton<IStartupFilter, RootHosts>();

    public JsonSerializerOptions ReadOptions => PlatformJson.Read;

    public int MatchLength(PathString path) => path.StartsWithSegments(Root) ? Root.Value!.Length
        : path.StartsWithSegments(Files) ? Files.Value!.Length
        : 0;

    public bool CanRead(string mediaType) => mediaType is MediaTypes.Json or MediaTypes.Hal or MediaTypes.VendorHal
        or MediaTypes.ChatKitty or MediaTypes.ChatKitty1 or "application/merge-patch+json" or "application/json+merge-patch";

    public (JsonSerializerOptions Options, string ContentType) GetResponseFormat(HttpContext context)
    {
        var type = MediaTypes.Negotiate(context.Request);
        return (type == MediaTypes.ChatKitty ? PlatformJson.WriteSnakeCase : PlatformJson.WriteCamelCase, type);
    }

    public Task WriteErrorAsync(HttpContext context, Error error, int status)
    {
        // A key reused with another body is a client error in this dialect, not a conflict (docs/contracts/platform.md#idempotency-keys).
        status = error == CommonErrors.KeyReused ? StatusCodes.Status400BadRequest : status;
        context.Response.StatusCode = status;
        if (status is StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"chatplatform\"";
        }

        object body = status switch
        {
            StatusCodes.Status401Unauthorized => new AuthorizationErrorBody("unauthorized", error.Message),
            StatusCodes.Status403Forbidden => new AuthorizationErrorBody("access_denied", error.Message),
            _ => ErrorBody.Of(context, error, status),
        };
        return context.WriteJsonAsync(body, PlatformJson.WriteCamelCase, MediaTypes.Json);
    }
}
