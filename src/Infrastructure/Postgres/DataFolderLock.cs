namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>
/// Held as long as this process owns the private server. The system lets go of it when the process dies, however it dies,
/// so a server found running without the lock held has lost its owner and may be adopted.
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
                $"The database folder {home.Root} belongs to another user; start the server as that user, or as root.", failure);
        }
        catch (IOException failure)
        {
            throw new PrivatePostgresException(
                $"Another server already runs on the database folder {home.Root}. Stop it first; two servers share one database only "
                + "when ConnectionStrings:ChatPlatform names it for both.",
                failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
