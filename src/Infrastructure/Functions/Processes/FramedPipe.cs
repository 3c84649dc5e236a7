using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>JSON frames to and from a process, each preceded by its length: four bytes, big endian.</summary>
internal sealed class FramedPipe(Stream toProcess, Stream fromProcess)
{
    /// <summary>Longer than any message of main.mjs.</summary>
    private const int MaxFrame = 8 * 1024 * 1024;

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 2,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Channel<(byte[] Frame, Action? Written)> _outgoing = Channel.CreateUnbounded<(byte[], Action?)>(
        new UnboundedChannelOptions { SingleReader = true });

    /// <param name="written">Called when the process has read the frame, or nearly so.</param>
    public void Send(object message, Action? written = null)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web);
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame.AsSpan(4));
        _outgoing.Writer.TryWrite((frame, written));
    }

    /// <summary>Completes when the process has exited.</summary>
    public async Task WriteAsync()
    {
        try
        {
            await foreach (var (frame, written) in _outgoing.Reader.ReadAllAsync())
            {
                await toProcess.WriteAsync(frame);
                await toProcess.FlushAsync();
                written?.Invoke();
            }
        }
        catch (IOException)
        {
            // The process has exited, which its calls learn from its end.
        }
    }

    public void Close() => _outgoing.Writer.TryComplete();

    /// <returns>The next message; null at the end.</returns>
    /// <exception cref="InvalidDataException">A script wrote to the pipe.</exception>
    public async Task<ProcessMessage?> ReadAsync()
    {
        var head = new byte[4];
        if (await fromProcess.ReadAtLeastAsync(head, 4, throwOnEndOfStream: false) < 4)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(head);
        if (length is < 2 or > MaxFrame)
        {
            throw new InvalidDataException($"a frame of {length} bytes.");
        }

        var body = new byte[length];
        if (await fromProcess.ReadAtLeastAsync(body, length, throwOnEndOfStream: false) < length)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ProcessMessage>(body, Reading) ?? throw new InvalidDataException("a frame of null.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"a frame that is not a message, beginning with {Beginning(body)}", broken);
        }
    }

    private static string Beginning(byte[] body) =>
        JsonEncodedText.Encode(Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(40, body.Length)))).Value;
}
