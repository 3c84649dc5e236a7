using System.Text.Json;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.Errors;

namespace ChatPlatform.WebApi.Dialects.Engagement;

/// <summary>The credentials of a login: a name or e-mail address and a password, or a token to resume.</summary>
internal sealed record LoginBody(string? Login, string? Password, string? Resume)
{
    public static async Task<Result<LoginBody>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var fields = request.HasFormContentType
            ? await FormAsync(request, cancellationToken)
            : request.HasJsonContentType() ? await JsonAsync(request, cancellationToken) : null;
        if (fields is null)
        {
            return request.HasFormContentType || request.HasJsonContentType()
                ? HttpError.Of(StatusCodes.Status400BadRequest)
                : HttpError.Of(StatusCodes.Status415UnsupportedMediaType);
        }

        if (fields.GetValueOrDefault("resume") is { Length: > 0 } token)
        {
            return new LoginBody(null, null, token);
        }

        var login = fields.GetValueOrDefault("user") ?? fields.GetValueOrDefault("username") ?? fields.GetValueOrDefault("email");
        var password = fields.GetValueOrDefault("password");
        if (string.IsNullOrEmpty(login) || !StorableText.IsStorable(login))
        {
            return login is null ? EngagementErrors.Missing("user") : EngagementErrors.Malformed("user");
        }

        return password is null ? EngagementErrors.Missing("password") : new LoginBody(login, password, null);
    }

    private static async Task<Dictionary<string, string>?> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return form.ToDictionary(field => field.Key, field => field.Value.ToString());
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<Dictionary<string, string>?> JsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return null;
            }

            var fields = new Dictionary<string, string>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                // The user may be an object with the kind of name as its key.
                var value = property.Name == "user" && property.Value.ValueKind is JsonValueKind.Object
                    ? property.Value.EnumerateObject().FirstOrDefault(field => field.Name is "username" or "email").Value
                    : property.Value;
                if (value.ValueKind is JsonValueKind.String)
                {
                    fields[property.Name] = value.GetString()!;
                }
            }

            return fields;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
