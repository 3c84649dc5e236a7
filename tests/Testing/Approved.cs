using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChatPlatform.Testing;

/// <summary>
/// Compares JSON or text with the approved file <c>Approved/{name}</c> of the test project. On a difference the new text is written beside
/// it as <c>*.received.*</c>; rename that file to approve it.
/// </summary>
public static class Approved
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Compares JSON. Ids, times and GUIDs become placeholders, numbered by first appearance.</summary>
    public static void Matches(string json, string name)
    {
        var node = JsonNode.Parse(json);
        var placeholders = new Placeholders();
        MatchesText(placeholders.Replace(node)?.ToJsonString(Indented) ?? "null", name, "json");
    }

    public static void MatchesText(string text, string name, string extension = "txt")
    {
        var approvedFile = Path.Combine(ProjectFolder(), "Approved", $"{name}.{extension}");
        var receivedFile = Path.ChangeExtension(approvedFile, $"received.{extension}");
        var received = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile).ReplaceLineEndings("\n") : "";
        if (approved == received)
        {
            File.Delete(receivedFile);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(approvedFile)!);
        File.WriteAllText(receivedFile, received);
        Assert.Fail($"Not as approved. To approve: mv '{receivedFile}' '{approvedFile}'\n{Difference(approved, received)}");
    }

    private static string Difference(string approved, string received)
    {
        var (old, now) = (approved.Split('\n'), received.Split('\n'));
        var first = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"First difference in line {first + 1}\n"
            + $"approved:\n{string.Join('\n', old.Skip(first).Take(12))}\nreceived:\n{string.Join('\n', now.Skip(first).Take(12))}";
    }

    /// <summary>Tests run in <c>bin</c> below their project.</summary>
    private static string ProjectFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && folder.GetFiles("*.csproj").Length == 0)
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No project found above {AppContext.BaseDirectory}.");
    }
}
