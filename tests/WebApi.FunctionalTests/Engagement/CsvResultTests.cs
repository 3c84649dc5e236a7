using ChatPlatform.WebApi.Dialects.Engagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

public sealed class CsvResultTests
{
    private const int Rows = 200_000;
    private const int RowLength = 23;

    /// <summary>Memory must not grow with the table.</summary>
    [Test]
    public async Task Rows_are_streamed_without_buffering()
    {
        var written = new CountingStream();
        var http = new DefaultHttpContext { Response = { Body = written } };
        long most = 0;

        await new CsvResult(["id", "name"], RowsAsync()).ExecuteResultAsync(
            new ActionContext(http, new RouteData(), new ActionDescriptor()));

        Assert.That(written.Length, Is.EqualTo("id,name\r\n".Length + ((long)Rows * RowLength)));
        Assert.That(most, Is.LessThan(64 * 1024), "bytes received and not yet written");

        async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync()
        {
            for (var row = 0; row < Rows; row++)
            {
                most = Math.Max(most, ((long)row * RowLength) - written.Length);
                yield return [row.ToString("D9"), "some room.."];
            }

            await Task.CompletedTask;
        }
    }

    private sealed class CountingStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _length += count;
    }
}
