using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Demo;

/// <summary>The users of the generated community, the most active first.</summary>
internal sealed class DemoUsers
{
    public const int Members = 240;
    public const int Guests = 40;

    private DemoUsers(List<User> users, List<User> guests, User bot) => (Registered, All, Bot) = (users, [.. users, .. guests, bot], bot);

    public IReadOnlyList<User> Registered { get; }

    public User Bot { get; }

    public IReadOnlyList<User> All { get; }

    /// <param name="start">The first day; a third of the users join later.</param>
    public static DemoUsers Create(long applicationId, Random random, DateTime start, DateTime now)
    {
        var names = new HashSet<string>();
        var users = new List<User>();
        while (users.Count < Members)
        {
            var (first, last) = (Pick(random, DemoPhrases.FirstNames), Pick(random, DemoPhrases.LastNames));
            var name = $"{first}.{last}".ToLowerInvariant();
            if (names.Add(name))
            {
                var joined = users.Count % 3 == 2 ? Between(random, start, now) : start.AddMinutes(users.Count);
                var properties = $$"""{"team": "{{(users.Count % 4 == 0 ? "staff" : "community")}}"}""";
                users.Add(User.Create(applicationId, name, $"{first} {last}", isGuest: false, properties, joined));
            }
        }

        var guests = Enumerable.Range(1, Guests)
            .Select(n => User.Create(applicationId, $"guest-{n:0000}", $"Guest {n}", isGuest: true, null, Between(random, start, now)))
            .ToList();
        var bot = User.Create(applicationId, "weather-bot", "Weather", isGuest: false, null, start, UserType.Bot);
        return new DemoUsers(users, guests, bot);
    }

    public static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>In whole seconds, for readable times.</summary>
    private static DateTime Between(Random random, DateTime start, DateTime end) =>
        start.AddSeconds(random.NextInt64((long)(end - start).TotalSeconds));
}
