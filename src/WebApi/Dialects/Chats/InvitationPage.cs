using System.Security.Cryptography;
using System.Text.Encodings.Web;
using ChatPlatform.Application.Chats;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <summary>A page with the chat and a form to join with a login token. Loads nothing else; its policy allows no other script.</summary>
internal sealed class InvitationPage(InvitationPreview invitation) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var response = context.HttpContext.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; connect-src 'self'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
            + "base-uri 'none'; frame-ancestors 'none'";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        return response.WriteAsync(Html(nonce), context.HttpContext.RequestAborted);
    }

    private static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    private string Html(string nonce) =>
        $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Invitation to {{Text(invitation.Title)}}</title>
        <style nonce="{{nonce}}">
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem }
        label, input, button { display: block; width: 100%; box-sizing: border-box; margin: .25rem 0 .75rem }
        </style>
        </head>
        <body>
        <p>You are invited to the chat</p>
        <h1>{{Text(invitation.Title)}}</h1>
        <p>{{Text(invitation.Description)}}</p>
        <p>{{(invitation.ExpiresAt is { } end ? $"The invitation expires at {new Instant(end)}." : "")}}</p>
        <form>
        <label>Your user id <input name="user" required inputmode="numeric" autocomplete="username"></label>
        <label>Your login token <input name="token" required type="password" autocomplete="current-password"></label>
        <button>Join</button>
        <output role="status"></output>
        </form>
        <script nonce="{{nonce}}">
        const form = document.forms[0];
        form.addEventListener("submit", async event => {
          event.preventDefault();
          const output = form.querySelector("output");
          try {
            const response = await fetch(location.pathname, {
              method: "POST",
              headers: { "X-User-Id": form.user.value, "X-Auth-Token": form.token.value },
            });
            output.textContent = response.ok ? "You have joined." : (await response.json()).detail;
          } catch {
            output.textContent = "The server cannot be reached.";
          }
        });
        </script>
        </body>
        </html>
        """;
}
