using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Users;

public sealed record UserCreated(User User) : DomainEvent
{
    public override string Type => "user.created";

    public override long? UserId => User.Id;
}

public sealed record UserUpdated(User User) : DomainEvent
{
    public override string Type => "user.updated";

    public override long? UserId => User.Id;
}

public sealed record UserDeleted(User User) : DomainEvent
{
    public override string Type => "user.deleted";

    public override long? UserId => User.Id;
}
