namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Where an item of invalid JSON ends.</summary>
internal static class JsonFrame
{
    /// <summary>
    /// Whether brackets are in pairs and each string stands between the marks of JSON. With a missing or surplus quote they do not, and
    /// the item may have swallowed those behind it.
    /// </summary>
    public static bool IsSound(ReadOnlySpan<byte> item)
    {
        var open = new Stack<byte>();
        var before = (byte)',';
        for (var i = 0; i < item.Length; i++)
        {
            var mark = item[i];
            switch (mark)
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    continue;
                case (byte)'"' when before is not ((byte)',' or (byte)':' or (byte)'{' or (byte)'['):
                    return false;
                case (byte)'"':
                    i = EndOfString(item, i);
                    break;
                case (byte)'{' or (byte)'[':
                    open.Push(mark);
                    break;
                case (byte)'}' or (byte)']':
                    if (!open.TryPop(out var start) || start != (mark == '}' ? '{' : '['))
                    {
                        return false;
                    }

                    break;
                case not ((byte)',' or (byte)':') when before == '"':
                    return false;
            }

            before = mark;
        }

        return open.Count == 0;
    }

    /// <returns>Position of the closing quote; beyond the end if there is none.</returns>
    private static int EndOfString(ReadOnlySpan<byte> item, int start)
    {
        var end = start + 1;
        while (end < item.Length && item[end] != '"')
        {
            end += item[end] == '\\' ? 2 : 1;
        }

        return end;
    }
}
