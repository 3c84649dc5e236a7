namespace ChatPlatform.Application.Users;

/// <summary>A user who asks for something in their own name, and the roles that decide what they may do.</summary>
public sealed record ActingUser(long Id, IReadOnlyList<string> Roles);
