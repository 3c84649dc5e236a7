using ChatPlatform.Domain.Channels;

namespace ChatPlatform.Infrastructure.Demo;

/// <param name="DailyConversations">On an average weekday.</param>
/// <param name="Share">Share of the users who are members, 0 to 1.</param>
/// <param name="Guests">Whether guests are members too.</param>
/// <param name="ClosedDaysAgo">When the channel was made inactive; null for active ones.</param>
internal sealed record DemoChannelTemplate(
    string Name,
    string DisplayName,
    ChannelType Type,
    DemoRhythm Rhythm,
    double DailyConversations,
    double Share,
    string[] Topics,
    bool Guests = false,
    int? ClosedDaysAgo = null);

/// <summary>The group channels of the generated community.</summary>
internal static class DemoCatalog
{
    public static readonly DemoChannelTemplate[] Channels =
    [
        new("general", "General", ChannelType.Public, DemoRhythm.AllDay, 8, 0.9,
            ["the new website", "the meetup", "our rules", "lunch"], Guests: true),
        new("random", "Random", ChannelType.Public, DemoRhythm.Leisure, 6, 0.7,
            ["this film", "my cat", "that song", "the weather"], Guests: true),
        new("support", "Help and support", ChannelType.Public, DemoRhythm.Work, 7, 0.4,
            ["logging in", "the export", "my password"], Guests: true),
        new("development", "Development", ChannelType.Public, DemoRhythm.Work, 8, 0.3,
            ["the release", "that flaky test", "the API", "indexes"]),
        new("design", "Design", ChannelType.Public, DemoRhythm.Work, 3, 0.2,
            ["the colours", "the icons", "the start page"]),
        new("music", "Music", ChannelType.Public, DemoRhythm.Leisure, 3, 0.35,
            ["the concert", "this album", "my new guitar"]),
        new("photography", "Photography", ChannelType.Public, DemoRhythm.Leisure, 2, 0.25,
            ["night shots", "the exhibition", "old lenses"]),
        new("books", "Books", ChannelType.Public, DemoRhythm.Leisure, 2, 0.2,
            ["the last chapter", "the book club", "this translation"]),
        new("sports", "Sports", ChannelType.Public, DemoRhythm.Leisure, 3, 0.3,
            ["the match", "the run on Saturday", "the new coach"]),
        new("travel", "Travel", ChannelType.Public, DemoRhythm.Leisure, 2, 0.25,
            ["the night train", "Lisbon", "cheap tickets"], ClosedDaysAgo: 21),
        new("team", "The team", ChannelType.Private, DemoRhythm.Work, 4, 0.08,
            ["the budget", "the schedule", "the interview"]),
        new("moderators", "Moderators", ChannelType.Private, DemoRhythm.AllDay, 2, 0.04,
            ["the report", "that user", "the word list"]),
    ];
}
