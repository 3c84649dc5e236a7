using System.Text;
using System.Text.Json;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A field's name in camel case and snake case.</summary>
internal sealed class ItemField
{
    public static readonly ItemField Active = new("active");
    public static readonly ItemField Blacklist = new("blacklist");
    public static readonly ItemField Body = new("body");
    public static readonly ItemField Broadcast = new("broadcast");
    public static readonly ItemField Channel = new("channel");
    public static readonly ItemField ChannelId = new("channelId");
    public static readonly ItemField ChannelKey = new("channelKey");
    public static readonly ItemField ContentType = new("contentType");
    public static readonly ItemField CreatedTime = new("createdTime");
    public static readonly ItemField Creator = new("creator");
    public static readonly ItemField CreatorIsMember = new("creatorIsMember");
    public static readonly ItemField CreatorKey = new("creatorKey");
    public static readonly ItemField DeletedTime = new("deletedTime");
    public static readonly ItemField DisplayName = new("displayName");
    public static readonly ItemField DisplayPicture = new("displayPicture");
    public static readonly ItemField File = new("file");
    public static readonly ItemField GroupTag = new("groupTag");
    public static readonly ItemField Guest = new("guest");
    public static readonly ItemField IdempotencyKey = new("idempotencyKey");
    public static readonly ItemField IsGuest = new("isGuest");
    public static readonly ItemField Joins = new("joins");
    public static readonly ItemField LastEditedTime = new("lastEditedTime");
    public static readonly ItemField MemberKeys = new("memberKeys");
    public static readonly ItemField Members = new("members");
    public static readonly ItemField Moderator = new("moderator");
    public static readonly ItemField Name = new("name");
    public static readonly ItemField PresenceStatus = new("presenceStatus");
    public static readonly ItemField Properties = new("properties");
    public static readonly ItemField ReplyTo = new("replyTo");
    public static readonly ItemField Size = new("size");
    public static readonly ItemField Thread = new("thread");
    public static readonly ItemField Threads = new("threads");
    public static readonly ItemField Type = new("type");
    public static readonly ItemField UpdatedTime = new("updatedTime");
    public static readonly ItemField Url = new("url");
    public static readonly ItemField User = new("user");
    public static readonly ItemField UserKey = new("userKey");
    public static readonly ItemField Username = new("username");

    private ItemField(string camel)
    {
        Camel = camel;
        var snake = JsonNamingPolicy.SnakeCaseLower.ConvertName(camel);
        (CamelUtf8, SnakeUtf8, HasSnakeForm) = (Encoding.UTF8.GetBytes(camel), Encoding.UTF8.GetBytes(snake), snake != camel);
    }

    public string Camel { get; }

    public byte[] CamelUtf8 { get; }

    public byte[] SnakeUtf8 { get; }

    public bool HasSnakeForm { get; }
}
