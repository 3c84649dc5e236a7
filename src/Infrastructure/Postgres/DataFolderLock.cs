namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>
/// Held while this process owns the private server. The system releases it when the process dies, so a server that runs without
/// the lock has lost its owner and may be adopted.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="PrivatePostgresException">Another process holds it, or the folder belongs to another user.</exception>
    public static DataFolderLock Acquire(PostgresHome home)
    {
        try
        {
            return new DataFolderLock(new FileStream(home.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new PrivatePostgresException(
                $"The database folder {home.Root} belongs to another user; start the server as that user or as root.", failure);
        }
        catch (IOException failure)
        {
            throw new PrivatePostgresException(
                $"Another server already uses the database folder {home.Root}. Stop it first, or set ConnectionStrings:ChatPlatform on "
                + "both servers to share one database.",
                failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
