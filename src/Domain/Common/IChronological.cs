namespace ChatPlatform.Domain.Common;

/// <summary>A row of a cursor list, newest first; the id decides between rows of the same time.</summary>
public interface IChronological
{
    long Id { get; }

    DateTime CreatedTime { get; }
}
