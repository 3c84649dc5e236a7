namespace ChatPlatform.Infrastructure.Demo;

/// <summary>Names and texts of the generated community.</summary>
internal static class DemoPhrases
{
    public static readonly string[] FirstNames =
    [
        "Ada", "Amir", "Anja", "Ben", "Carla", "Chen", "Clara", "Dario", "Dilan", "Edda", "Elif", "Emil", "Esra", "Felix", "Finn",
        "Greta", "Hana", "Hugo", "Ida", "Ilse", "Ivan", "Jana", "Jonas", "Juno", "Kai", "Kira", "Lars", "Lea", "Leon", "Lina",
        "Mats", "Maya", "Mika", "Milo", "Mina", "Nele", "Nils", "Nora", "Olga", "Oskar", "Paul", "Pia", "Rania", "Romy", "Samir",
        "Sina", "Theo", "Tilda", "Umut", "Vera", "Willi", "Yara", "Yuki", "Zoe",
    ];

    public static readonly string[] LastNames =
    [
        "Adler", "Bauer", "Brandt", "Castro", "Demir", "Dietz", "Engel", "Fischer", "Frank", "Garcia", "Haas", "Hansen", "Hoang",
        "Jung", "Kaya", "Keller", "Klein", "Kowalski", "Lang", "Lindner", "Lopez", "Maier", "Moreau", "Nowak", "Okafor", "Otto",
        "Peters", "Rossi", "Sato", "Schulz", "Seidel", "Sommer", "Tanaka", "Vogel", "Weber", "Winter", "Wolf", "Yilmaz", "Zeller",
        "Ziegler",
    ];

    /// <summary>First messages of conversations; {0} is the topic.</summary>
    public static readonly string[] Openings =
    [
        "Has anyone looked at {0} yet?", "Good morning! Any news about {0}?", "I have a question about {0}.",
        "Who knows something about {0}?", "Just found this on {0}, worth a read.", "Can we talk about {0} for a minute?",
        "{0}: what do you all think?", "Update on {0}: it works now.", "Reminder: {0} is next week.", "I am stuck with {0}. Ideas?",
        "Finally finished {0}!", "Does {0} bother anyone else?",
    ];

    public static readonly string[] Replies =
    [
        "Yes, since yesterday.", "Not yet, will do later today.", "I think so, but let me check.", "That helped, thanks a lot!",
        "+1", "Same here.", "Could you send me the link?", "Nice, I like it.", "Hm, I see it differently.",
        "Let us try it and see.", "Who else is in?", "Count me in.", "I would wait until Monday.", "Good point.", "No idea, sorry.",
        "It depends on the weather, as always.", "Ha, I knew it!", "Works for me.", "What happened then?",
        "Same as last time, I guess.", "I can take care of it.", "Please write that down somewhere.", "Perfect.",
        "Short answer: no. Long answer: also no.", "Give me ten minutes.", "Done.", "Let me know when you are there.",
        "See you tomorrow!",
    ];

    public static readonly string[] Announcements =
    [
        "Maintenance on Sunday from 04:00 to 05:00 UTC.", "Welcome to everyone who joined this week.",
        "The summer party photos are online.", "Please keep off-topic talk in its own channel.",
        "New: you can start a thread on any message.", "The poll closes tonight.",
    ];
}
