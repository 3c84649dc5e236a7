using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// A channel to import (docs/contracts/platform.md#imports). Users are given by name or, if deleted, by idempotency key. Exports also
/// write the fields below <paramref name="CreatedTime"/>.
/// </summary>
/// <param name="Name">Of a group, generated when null. DIRECT channels have none.</param>
/// <param name="CreatorIsMember">False leaves the creator's membership to the members import.</param>
/// <param name="Threads">Threads besides the main one. Threads whose keys were imported before are skipped.</param>
internal sealed record ChannelItem(
    ChannelType Type,
    string? Name,
    string? DisplayName,
    IReadOnlyList<string> Members,
    string? Creator,
    string? Properties,
    DateTime? CreatedTime,
    IReadOnlyList<string> MemberKeys,
    string? CreatorKey,
    bool CreatorIsMember,
    bool IsActive,
    DateTime? UpdatedTime,
    IReadOnlyList<MemberItem> Blacklist,
    IReadOnlyList<ThreadItem> Threads)
{
    public IEnumerable<string> Names =>
        Members.Concat(Blacklist.Select(entry => entry.Username)).Concat(Creator is null ? [] : [Creator]);

    public IEnumerable<string> Keys => CreatorKey is null ? MemberKeys : MemberKeys.Append(CreatorKey);

    public static ChannelItem Read(ItemFields fields)
    {
        var type = ReadType(fields);
        var isDirect = type is ChannelType.Direct;
        return new ChannelItem(
            type ?? default,
            isDirect ? null : fields.Text(ItemField.Name, TextLimits.Name),
            isDirect ? null : fields.Text(ItemField.DisplayName, TextLimits.DisplayName),
            fields.Texts(ItemField.Members, TextLimits.Name),
            fields.Text(ItemField.Creator, TextLimits.Name),
            fields.Object(ItemField.Properties),
            fields.Time(ItemField.CreatedTime),
            fields.Texts(ItemField.MemberKeys, TextLimits.IdempotencyKey),
            fields.Text(ItemField.CreatorKey, TextLimits.IdempotencyKey),
            fields.Flag(ItemField.CreatorIsMember) ?? true,
            fields.Flag(ItemField.Active) ?? true,
            fields.Time(ItemField.UpdatedTime),
            [.. fields.Each(ItemField.Blacklist).Select(MemberItem.Read)],
            [.. fields.Each(ItemField.Threads).Select(ThreadItem.Read)]);
    }

    private static ChannelType? ReadType(ItemFields fields)
    {
        switch (fields.Text(ItemField.Type, TextLimits.Name, required: true))
        {
            case "PUBLIC":
                return ChannelType.Public;
            case "PRIVATE":
                return ChannelType.Private;
            case "DIRECT":
                return ChannelType.Direct;
            case null:
                return null;
            default:
                fields.AddError(ItemField.Type.Camel, "must be PUBLIC, PRIVATE or DIRECT");
                return null;
        }
    }
}
