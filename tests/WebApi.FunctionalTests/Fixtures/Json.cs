using System.Text.Json.Nodes;

namespace ChatPlatform.WebApi.FunctionalTests;

internal static class Json
{
    public static JsonNode Parse(string text) => JsonNode.Parse(text) ?? throw new FormatException($"null instead of JSON: {text}");
}
