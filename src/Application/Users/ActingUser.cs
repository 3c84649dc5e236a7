namespace ChatPlatform.Application.Users;

/// <summary>The user on whose behalf a request runs.</summary>
public sealed record ActingUser(long Id, IReadOnlyList<string> Roles);
