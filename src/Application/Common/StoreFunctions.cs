namespace ChatPlatform.Application.Common;

/// <summary>The snapshot of the statement that reads it: it shows the same rows (docs/decisions/0023).</summary>
public sealed class CurrentSnapshot
{
    /// <summary>The text of a <c>pg_snapshot</c>: <c>xmin:xmax:</c> and the transactions between them that were running.</summary>
    public string Value { get; private set; } = null!;
}

/// <summary>Database operators for LINQ queries.</summary>
public static class StoreFunctions
{
    /// <summary>Query tag (<c>TagWith</c>): the best plan depends on the parameters, so it is made each time.</summary>
    public const string CustomPlan = "custom plan";

    /// <summary>
    /// Whether a snapshot does not show a row, because the row was stored later or by a transaction that was still running. Can use an
    /// index on the arrival.
    /// </summary>
    /// <param name="arrival">See <see cref="Domain.Common.IArriving.Arrival"/>.</param>
    /// <param name="snapshot">See <see cref="CurrentSnapshot"/>.</param>
    public static bool ArrivedAfter(ulong arrival, string snapshot) => throw new InvalidOperationException("Can be used only in a query.");

    /// <summary>Containment at any depth.</summary>
    public static bool JsonContains(string column, string part) => throw new InvalidOperationException("Can be used only in a query.");

    /// <summary>Whether a text has the words of a term next to each other, as <see cref="HasPart"/> compares texts.</summary>
    public static bool HasWords(string? text, string term) => throw new InvalidOperationException("Can be used only in a query.");

    /// <summary>
    /// Whether a text contains a term as it stands. Compatibility forms (NFKC) and case do not matter, accents do. One or two ASCII letters
    /// or digits, or a single ASCII sign, are contained in no text.
    /// </summary>
    public static bool HasPart(string? text, string term) => throw new InvalidOperationException("Can be used only in a query.");
}
