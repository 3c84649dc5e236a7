using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Channels;

public static class ChannelErrors
{
    public static readonly Error NotFound = new NotFoundError("channel.not_found", "There is no such channel.");

    public static readonly Error DirectWithoutMembers =
        new ValidationError("channel.direct_empty", "members", "A direct channel needs at least one member.");

    public static readonly Error DirectTooLarge =
        new ValidationError("channel.direct_too_large", "members", $"A direct channel has at most {Channel.MaxDirectMembers} members.");

    public static readonly Error DirectIsClosed =
        new ValidationError("channel.direct_closed", "The members of a direct channel cannot change.");

    public static readonly Error DirectHasNoName =
        new ValidationError("channel.direct_nameless", "displayName", "A direct channel has no name.");

    public static readonly Error DirectHasNoModerators =
        new ValidationError("channel.direct_unmoderated", "A direct channel has no moderators.");

    public static readonly Error ModeratorMustBeMember =
        new ValidationError("channel.moderator_not_a_member", "user", "A moderator must be a member of the channel.");

    public static readonly Error ModeratorNotFound =
        new NotFoundError("channel.moderator_not_found", "The user is not a moderator of the channel.");

    public static readonly Error NotBlacklisted =
        new NotFoundError("channel.not_blacklisted", "The user is not on the channel's blacklist.");

    public static readonly Error AlreadyAMember =
        new ValidationError("channel.already_a_member", "user", "The user is already a member of the channel.");

    public static readonly Error InviteNotFound =
        new NotFoundError("channel.invite_not_found", "The user has no open invite to the channel.");

    public static readonly Error UsersMayNotCreate = new ValidationError(
        "channel.users_may_not_create", "creator", "The application does not allow users to create channels; omit the creator.");

    public static readonly Error ReaderNotAMember =
        new ValidationError("channel.reader_is_no_member", "user", "Only members can mark the channel as read.");

    public static readonly Error MuterNotAMember =
        new ValidationError("channel.muter_is_no_member", "user", "Only members can mute the channel.");

    public static readonly Error NotAMember =
        new ValidationError("channel.not_a_member", "user", "Only members may send messages to this channel.");

    public static readonly Error MemberNotFound = new NotFoundError("channel.member_not_found", "The user is not a member of the channel.");

    public static Error NameTaken(string name) =>
        new ValidationError("channel.name_taken", "name", $"A channel of another type already has the name '{name}'.");

    public static Error Unknown(string field, string reference) =>
        new ValidationError("channel.unknown", field, $"There is no channel '{reference}'.");
}
