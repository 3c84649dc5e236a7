using System.Globalization;
using System.Security.Claims;
using ChatPlatform.Application.Users;

namespace ChatPlatform.WebApi.Hosting.Authentication;

public static class CallerContext
{
    public static long ApplicationId(this ClaimsPrincipal caller) => Number(caller, CallerClaims.Application);

    /// <summary>The id of the logged-in user; only with <see cref="Schemes.Login"/>.</summary>
    public static long UserId(this ClaimsPrincipal caller) => Number(caller, CallerClaims.User);

    public static IReadOnlyList<string> Roles(this ClaimsPrincipal caller) =>
        [.. caller.FindAll(CallerClaims.Role).Select(claim => claim.Value)];

    public static ActingUser ToActingUser(this ClaimsPrincipal caller) => new(caller.UserId(), caller.Roles());

    private static long Number(ClaimsPrincipal caller, string claim) =>
        long.Parse(caller.FindFirstValue(claim)!, CultureInfo.InvariantCulture);
}
