using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;

namespace ChatPlatform.WebApi.Hosting.Startup;

/// <summary>
/// The first application's credentials: from the configuration (<c>Bootstrap:ClientId</c>, <c>:ClientSecret</c>, <c>:DeveloperKey</c>,
/// <c>:AdminUsername</c>, <c>:AdminPassword</c>), else as stored by an earlier start, else random.
/// </summary>
internal sealed class CredentialsFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Content? _stored;

    private CredentialsFile(string path, Content? stored, IConfiguration configuration)
    {
        Path = path;
        _stored = stored;
        Values = new BootstrapCredentials(
            configuration["Bootstrap:ClientId"] ?? stored?.ClientId ?? Guid.NewGuid().ToString(),
            configuration["Bootstrap:ClientSecret"] ?? stored?.ClientSecret ?? SecretToken.Generate(),
            configuration["Bootstrap:DeveloperKey"] ?? stored?.DeveloperKey ?? SecretToken.Generate(),
            configuration["Bootstrap:AdminUsername"] ?? stored?.AdminUsername ?? "admin",
            configuration["Bootstrap:AdminPassword"] ?? stored?.AdminPassword ?? SecretToken.Generate());
        IsSecretKeyNew = configuration["Secrets:Key"] is null && stored?.SecretKey is null;
        SecretKey = configuration["Secrets:Key"] ?? stored?.SecretKey ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    }

    public string Path { get; }

    public BootstrapCredentials Values { get; }

    /// <summary>Encrypts the secrets in the database: <c>Secrets:Key</c>, else as stored, else random.</summary>
    public string SecretKey { get; }

    public bool IsSecretKeyNew { get; }

    public static CredentialsFile Load(IConfiguration configuration, string dataFolder)
    {
        var path = System.IO.Path.Combine(dataFolder, "credentials.json");
        return new CredentialsFile(
            path, File.Exists(path) ? JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), Json) : null, configuration);
    }

    /// <summary>Writes the file atomically, readable by the current OS user only.</summary>
    /// <param name="withClient">Whether to save the credentials too; otherwise only the secret key is added.</param>
    public void Save(bool withClient)
    {
        var stored = _stored ?? new Content(null, null, null, null, null, null);
        var content = withClient
            ? new Content(
                Values.ClientId, Values.ClientSecret, Values.DeveloperKey, Values.AdminUsername, Values.AdminPassword, stored.SecretKey)
            : stored;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var temporary = Path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(file, IsSecretKeyNew ? content with { SecretKey = SecretKey } : content, Json);
        }

        File.Move(temporary, Path, overwrite: true);
    }

    private sealed record Content(
        string? ClientId, string? ClientSecret, string? DeveloperKey, string? AdminUsername, string? AdminPassword, string? SecretKey);
}
