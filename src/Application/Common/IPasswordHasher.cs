namespace ChatPlatform.Application.Common;

/// <summary>A slow salted hash, since passwords may be weak.</summary>
public interface IPasswordHasher
{
    string Hash(string password);

    bool Verify(string hash, string password);
}
