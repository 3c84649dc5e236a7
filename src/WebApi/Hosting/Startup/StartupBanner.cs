using ChatPlatform.Infrastructure.Demo;

namespace ChatPlatform.WebApi.Hosting.Startup;

/// <summary>Printed once the server listens. Secrets are shown on the first start only.</summary>
internal static class StartupBanner
{
    public static void Print(WebApplication app, StartDatabase database, CredentialsFile credentials, bool isNew, DemoSummary? demo)
    {
        var address = app.Urls.FirstOrDefault() ?? "http://localhost:3000";
        var values = credentials.Values;
        Console.WriteLine($"\nChatPlatform is listening on {address}  (API pages: {address}/docs)");
        if (database.DataDirectory is { } directory)
        {
            Console.WriteLine($"Database: private PostgreSQL in {directory}");
        }

        if (isNew)
        {
            Console.WriteLine(
                $"""

                The first application was created. Its credentials are shown once and stored in {credentials.Path}:
                  client id       {values.ClientId}
                  client secret   {values.ClientSecret}
                  developer key   {values.DeveloperKey}
                  admin           {values.AdminUsername}
                  admin password  {values.AdminPassword}

                """);
        }
        else if (File.Exists(credentials.Path))
        {
            Console.WriteLine($"Credentials: {credentials.Path}");
        }

        if (demo is not null)
        {
            Console.WriteLine(
                $"""
                A demo community was generated:
                {demo.Users} users, {demo.Channels} channels, {demo.Messages} messages of the last 90 days, {demo.Sessions} sessions.
                Try these with the developer key in the header X-Api-Key:
                  {address}/channels            messages and users of each channel
                  {address}/chat_aggregate      messages of each user
                Try this with a token: {address}/v1/channels. README.md shows how to get one.

                """);
        }
    }
}
