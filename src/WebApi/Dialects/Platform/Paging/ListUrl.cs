using System.Text;

namespace ChatPlatform.WebApi.Dialects.Platform.Paging;

/// <summary>The address of a list: its path and its filters, which every link repeats.</summary>
public sealed class ListUrl(Links links, string path, IQueryCollection query)
{
    private static readonly string[] Filters =
        ["name", "type", "members", "startTime", "endTime", "properties", "username", "query", "state", "running", "all", "unread", "sort"];

    /// <param name="parameters">Appended after the filters; those without a value are left out.</param>
    public Link With(params (string Name, string? Value)[] parameters)
    {
        var repeated = Filters.SelectMany(name => query[name].Select(value => (name, value)));
        var text = new StringBuilder();
        foreach (var (name, value) in repeated.Concat(parameters).Where(parameter => parameter.Item2 is not null))
        {
            text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value!));
        }

        return new Link($"{links.Application.Href}{path}{text}");
    }
}
