using ChatPlatform.Application.Users;

namespace ChatPlatform.WebApi.Dialects.Platform.Users;

/// <summary>Names a user by id or username; the id wins if both are given.</summary>
public sealed record UserReferenceBody
{
    public long? Id { get; init; }

    public string? Username { get; init; }

    public UserReference ToReference() => new(Id, Username);
}
