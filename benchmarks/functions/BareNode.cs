using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json;

namespace ChatPlatform.Benchmarks.Functions;

/// <summary>Baseline: the same Node.js, which exchanges JSON frames with a handler, one at a time.</summary>
internal sealed class BareNode : IDisposable
{
    private const string Script = """
        let calls = 0;
        const handleEvent = (event) => ({ calls: ++calls, length: event.message.body.length });
        let left = Buffer.alloc(0);
        process.stdin.on('data', (chunk) => {
          left = Buffer.concat([left, chunk]);
          while (left.length >= 4 && left.length >= 4 + left.readUInt32BE(0)) {
            const end = 4 + left.readUInt32BE(0);
            const body = Buffer.from(JSON.stringify(handleEvent(JSON.parse(left.toString('utf8', 4, end)))));
            const head = Buffer.alloc(4);
            head.writeUInt32BE(body.length);
            require('fs').writeSync(1, Buffer.concat([head, body]));
            left = left.subarray(end);
          }
        });
        """;

    private readonly Process _process;

    public BareNode(string node) => _process = Process.Start(new ProcessStartInfo(node, ["-e", Script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Starts Node.js with an empty script and waits for its exit.</summary>
    public static async Task StartAsync(string node)
    {
        using var process = Process.Start(new ProcessStartInfo(node, ["-e", "1"]))!;
        await process.WaitForExitAsync();
    }

    public async Task CallAsync(JsonElement message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message);
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame.AsSpan(4));
        await _process.StandardInput.BaseStream.WriteAsync(frame);
        await _process.StandardInput.BaseStream.FlushAsync();
        var head = new byte[4];
        await _process.StandardOutput.BaseStream.ReadExactlyAsync(head);
        var response = new byte[BinaryPrimitives.ReadInt32BigEndian(head)];
        await _process.StandardOutput.BaseStream.ReadExactlyAsync(response);
        using var _ = JsonDocument.Parse(response);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
