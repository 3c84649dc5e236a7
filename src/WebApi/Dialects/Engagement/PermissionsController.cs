using System.Text.Json.Serialization;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

[Dialect<EngagementDialect>]
[Route("api/v1")]
[RequiresPermission(EngagementPermissions.ChangePermissions)]
public sealed class PermissionsController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Sets the roles of permissions. Roles that are not listed lose the permission, including admins.</summary>
    [HttpPost("permissions.update")]
    [ProducesResponseType<PermissionsPayload>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Update(PermissionsBody body)
    {
        var request = body.ToRequest();
        return request.IsSuccess ? await Send(request.Value, PermissionsPayload.From) : Refuse(request.Error);
    }
}

public sealed record PermissionsBody(IReadOnlyList<PermissionPayload?>? Permissions)
{
    internal Result<GrantPermissions> ToRequest()
    {
        if (Permissions is null)
        {
            return EngagementErrors.Missing("permissions");
        }

        for (var i = 0; i < Permissions.Count; i++)
        {
            if (Permissions[i] is not { Id: { } name, Roles: { } roles })
            {
                return EngagementErrors.Missing(Permissions[i]?.Id is null ? "_id" : "roles", $"permissions[{i}]");
            }

            if (!EngagementPermissions.Grantable.Contains(name) || roles.Contains(null))
            {
                return EngagementErrors.Malformed($"permissions[{i}].{(roles.Contains(null) ? "roles" : "_id")}");
            }
        }

        return new GrantPermissions(
            [.. Permissions.Select(grant => new PermissionGrant(grant!.Id!, [.. grant.Roles!.Select(role => role!)]))]);
    }
}

/// <param name="Id"><c>view-engagement-dashboard</c>, <c>api-bypass-rate-limit</c>, <c>delete-c</c> or <c>delete-message</c>.</param>
/// <param name="Roles"><c>admin</c>, <c>user</c>, or another role of any account.</param>
public sealed record PermissionPayload([property: JsonPropertyName("_id")] string? Id, IReadOnlyList<string?>? Roles);

public sealed record PermissionsPayload(IReadOnlyList<PermissionPayload> Permissions, bool Success = true)
{
    internal static PermissionsPayload From(IReadOnlyList<PermissionGrant> grants) =>
        new([.. grants.Select(grant => new PermissionPayload(grant.Name, grant.Roles))]);
}
