using ChatPlatform.Domain.Common;

namespace ChatPlatform.WebApi.Hosting.Errors;

/// <summary>An error raised before any use case: no route, wrong method, wrong media type, too large, a bug.</summary>
public sealed record HttpError(int Status, string Code, string Message) : Error(Code, Message)
{
    public static HttpError Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(status, "http.bad_request", "The request is malformed."),
        StatusCodes.Status404NotFound => new(status, "http.no_route", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new(status, "http.method_not_allowed", "This address does not support that method."),
        StatusCodes.Status406NotAcceptable => new(status, "http.not_acceptable", "None of the accepted media types is available."),
        StatusCodes.Status408RequestTimeout => new(status, "http.request_timeout", "The request took too long to arrive."),
        StatusCodes.Status413PayloadTooLarge => new(status, "http.too_large", "The request is too large."),
        StatusCodes.Status415UnsupportedMediaType =>
            new(status, "http.unsupported_media_type", "The media type of the body is not supported."),
        StatusCodes.Status501NotImplemented => new(status, "http.not_offered", "This server does not support that yet."),
        StatusCodes.Status503ServiceUnavailable =>
            new(status, "http.unavailable", "The server is temporarily unavailable. Try again later."),
        >= 500 => new(status, "http.internal", "An unexpected error occurred. Report the trace id to the operator of this server."),
        _ => new(status, "http.refused", "The request was refused."),
    };
}

/// <summary>The only mapping from errors to HTTP statuses.</summary>
public static class ErrorStatus
{
    public static int Of(Error error) => error switch
    {
        HttpError http => http.Status,
        ValidationError => StatusCodes.Status400BadRequest,
        UnauthenticatedError => StatusCodes.Status401Unauthorized,
        ForbiddenError => StatusCodes.Status403Forbidden,
        NotFoundError => StatusCodes.Status404NotFound,
        ConflictError => StatusCodes.Status409Conflict,
        TooLargeError => StatusCodes.Status413PayloadTooLarge,
        UnsupportedTypeError => StatusCodes.Status415UnsupportedMediaType,
        PreconditionError => StatusCodes.Status412PreconditionFailed,
        TooManyError => StatusCodes.Status429TooManyRequests,
        UnavailableError => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
