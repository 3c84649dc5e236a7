using System.Text.Json;
using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;

namespace ChatPlatform.WebApi.Hosting.Startup;

/// <summary>
/// The first application's credentials: from the configuration (<c>Bootstrap:ClientId</c>, <c>:ClientSecret</c>, <c>:DeveloperKey</c>,
/// <c>:AdminUsername</c>, <c>:AdminPassword</c>), else as kept from an earlier start, else drawn at random.
/// </summary>
internal sealed class CredentialsFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private CredentialsFile(string path, BootstrapCredentials values) => (Path, Values) = (path, values);

    public string Path { get; }

    public BootstrapCredentials Values { get; }

    public static CredentialsFile Load(IConfiguration configuration, string dataFolder)
    {
        var path = System.IO.Path.Combine(dataFolder, "credentials.json");
        var kept = File.Exists(path) ? JsonSerializer.Deserialize<BootstrapCredentials>(File.ReadAllBytes(path), Json) : null;
        return new CredentialsFile(path, new BootstrapCredentials(
            configuration["Bootstrap:ClientId"] ?? kept?.ClientId ?? Guid.NewGuid().ToString(),
            configuration["Bootstrap:ClientSecret"] ?? kept?.ClientSecret ?? SecretText.Draw(),
            configuration["Bootstrap:DeveloperKey"] ?? kept?.DeveloperKey ?? SecretText.Draw(),
            configuration["Bootstrap:AdminUsername"] ?? kept?.AdminUsername ?? "admin",
            configuration["Bootstrap:AdminPassword"] ?? kept?.AdminPassword ?? SecretText.Draw()));
    }

    /// <summary>Keeps them where only this user can read; whole or not at all.</summary>
    public void Save()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var draft = Path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(file, Values, Json);
        }

        File.Move(draft, Path, overwrite: true);
    }
}
