namespace ChatPlatform.Application.Common;

/// <summary>Keeps what people choose themselves, which may be weak, behind a slow salted hash.</summary>
public interface IPasswordHasher
{
    string Hash(string password);

    bool Verify(string hash, string password);
}
