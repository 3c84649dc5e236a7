using ChatPlatform.WebApi.Hosting.Authentication;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatPlatform.WebApi.Hosting.OpenApi;

internal sealed class DialectDocument(IDialect dialect) : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = $"ChatPlatform, {dialect.Name} dialect",
            Version = typeof(DialectDocument).Assembly.GetName().Version!.ToString(3),
        };
        var schemes = SchemesOf(dialect.AuthenticationScheme);
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        foreach (var (name, scheme) in schemes.SelectMany(alternative => alternative))
        {
            document.Components.SecuritySchemes[name] = scheme;
        }

        document.Security =
        [
            .. schemes.Select(alternative =>
            {
                var requirement = new OpenApiSecurityRequirement();
                foreach (var name in alternative.Keys)
                {
                    requirement[new OpenApiSecuritySchemeReference(name, document)] = [];
                }

                return requirement;
            }),
        ];
        return Task.CompletedTask;
    }

    /// <summary>The alternatives; the schemes of one alternative are required together.</summary>
    private static Dictionary<string, OpenApiSecurityScheme>[] SchemesOf(string scheme) => scheme switch
    {
        Schemes.Login => [new() { ["loginToken"] = Header("X-Auth-Token"), ["userId"] = Header("X-User-Id") }],
        Schemes.BearerOrDeveloperKey => [new() { ["oauth2"] = OAuth() }, new() { ["developerKey"] = Header("X-Api-Key") }],
        _ => [new() { ["oauth2"] = OAuth() }],
    };

    private static OpenApiSecurityScheme Header(string name) =>
        new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = name };

    private static OpenApiSecurityScheme OAuth() => new()
    {
        Type = SecuritySchemeType.OAuth2,
        Flows = new OpenApiOAuthFlows
        {
            ClientCredentials = new OpenApiOAuthFlow
            {
                TokenUrl = new Uri("/oauth/token", UriKind.Relative),
                Scopes = Domain.Applications.Scopes.All.ToDictionary(
                    scope => scope, scope => $"{scope[..scope.IndexOf(':')]} any resource"),
            },
        },
    };
}
