namespace ChatPlatform.Infrastructure.Functions.Egress;

internal sealed record EgressRequest(string Url, string Method, EgressHeader[] Headers, byte[]? Body, bool FollowsRedirects = true);

internal sealed record EgressHeader(string Name, string Value);

/// <param name="Url">After redirects.</param>
internal sealed record EgressResponse(int Status, string StatusText, string Url, bool Redirected, EgressHeader[] Headers, byte[] Body);
