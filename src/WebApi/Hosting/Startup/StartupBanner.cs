using ChatPlatform.Infrastructure.Demo;

namespace ChatPlatform.WebApi.Hosting.Startup;

/// <summary>What the owner sees once the server listens. Secrets are shown on the first start only.</summary>
internal static class StartupBanner
{
    public static void Print(WebApplication app, StartDatabase database, CredentialsFile credentials, bool isNew, DemoSummary? demo)
    {
        var address = app.Urls.FirstOrDefault() ?? "http://localhost:3000";
        var values = credentials.Values;
        Console.WriteLine($"\nChatPlatform is listening on {address}  (API pages: {address}/docs)");
        if (database.DataDirectory is { } directory)
        {
            Console.WriteLine($"Database: its own PostgreSQL in {directory}");
        }

        if (isNew)
        {
            Console.WriteLine(
                $"""

                The first application was made. These are shown once, and kept in {credentials.Path}:
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
                A community was generated: {demo.Users} users, {demo.Channels} channels, {demo.Messages} messages of 90 days, {demo.Sessions} sessions.
                To look at, with the developer key in the header X-Api-Key:
                  {address}/channels            what each channel received, and who is there
                  {address}/chat_aggregate      who wrote how much
                and with a token: {address}/v1/channels. README.md shows how to get one.

                """);
        }
    }
}
