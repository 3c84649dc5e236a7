using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// A channel to import (platform contract, 1.4 ChannelImport and its kinds). Users are named or, where they were deleted, told by
/// their idempotency keys; that and all below <paramref name="CreatedTime"/> is ours: exports write it.
/// </summary>
/// <param name="Name">Of a group; null draws one. DIRECT has none.</param>
/// <param name="CreatorIsMember">False leaves the creator's membership to the members' own import.</param>
/// <param name="Blacklist">Who is on the blacklist, and since when.</param>
/// <param name="Threads">Those beside the main one. One whose key went in before is passed over.</param>
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
