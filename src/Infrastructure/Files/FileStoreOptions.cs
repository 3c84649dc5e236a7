namespace ChatPlatform.Infrastructure.Files;

/// <summary>Where uploads and generated files are stored (configuration section <c>Files</c>).</summary>
public sealed class FileStoreOptions
{
    /// <summary><c>Files:Folder</c>; <c>files</c> in the data folder by default. Several servers on one database must share it.</summary>
    public string Folder { get; set; } = Path.Combine(".chatplatform", "files");
}
