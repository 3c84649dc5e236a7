namespace ChatPlatform.Domain.Common;

/// <summary>A row of a list that runs newest first and is walked by cursor; the id decides between rows of one moment.</summary>
public interface IChronological
{
    long Id { get; }

    DateTime CreatedTime { get; }
}
