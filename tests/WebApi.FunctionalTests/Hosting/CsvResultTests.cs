using System.Text;
using ChatPlatform.WebApi.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

public sealed class CsvResultTests
{
    private const int RowCount = 200_000;
    private const int RowLength = 23;

    /// <summary>So memory stays the same however long the table is.</summary>
    [Test]
    public async Task Rows_are_written_while_they_come_and_none_is_kept()
    {
        var written = new CountingStream();
        long most = 0;

        await WriteAsync(written, ["id", "name"], RowsAsync());

        Assert.That(written.Length, Is.EqualTo("id,name\r\n".Length + ((long)RowCount * RowLength)));
        Assert.That(most, Is.LessThan(64 * 1024), "bytes that had come and were not written yet");

        async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync()
        {
            for (var row = 0; row < RowCount; row++)
            {
                most = Math.Max(most, ((long)row * RowLength) - written.Length);
                yield return [row.ToString("D9"), "some room.."];
            }

            await Task.CompletedTask;
        }
    }

    [TestCase("=1+1", "\"'=1+1\"")]
    [TestCase("@SUM(A1)", "\"'@SUM(A1)\"")]
    [TestCase("+1", "\"'+1\"")]
    [TestCase("-1", "\"'-1\"")]
    [TestCase("\t=1", "\"'\t=1\"")]
    [TestCase("\r=1", "\"'\r=1\"")]
    [TestCase("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    [TestCase("\n=1", "\"'\n=1\"")]
    [TestCase("\r\n=1", "\"'\r\n=1\"")]
    [TestCase("\uFF1D1+1", "'\uFF1D1+1")]
    [TestCase("\uFF0B1", "'\uFF0B1")]
    [TestCase("\uFF0D1", "'\uFF0D1")]
    [TestCase("\uFF20SUM(A1)", "'\uFF20SUM(A1)")]
    [TestCase("1=1", "1=1")]
    [TestCase(-3, "-3")]
    [TestCase(-3.5, "-3.5")]
    [TestCase(true, "true")]
    [TestCase("a \"b\",\nc", "\"a \"\"b\"\",\nc\"")]
    [TestCase("Zoë", "Zoë")]
    public async Task Text_is_no_formula_and_numbers_are_numbers(object cell, string expected)
    {
        using var written = new MemoryStream();

        await WriteAsync(written, ["cell", "nothing"], Rows(cell));

        Assert.That(Encoding.UTF8.GetString(written.ToArray()), Is.EqualTo($"cell,nothing\r\n{expected},\r\n"));

        static IAsyncEnumerable<IReadOnlyList<object?>> Rows(object cell) =>
            AsyncEnumerable.Repeat<IReadOnlyList<object?>>([cell, null], 1);
    }

    /// <summary>The error can then still become an answer of its own.</summary>
    [Test]
    public void Nothing_is_written_of_a_table_that_fails_at_once()
    {
        using var written = new MemoryStream();

        Assert.ThrowsAsync<TimeoutException>(() => WriteAsync(written, ["id"], FailingAsync()));
        Assert.That(written.Length, Is.Zero);

        static async IAsyncEnumerable<IReadOnlyList<object?>> FailingAsync()
        {
            yield return ["1"];
            await Task.CompletedTask;
            throw new TimeoutException();
        }
    }

    private static Task WriteAsync(Stream output, IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyList<object?>> rows) =>
        new CsvResult(columns, rows).ExecuteResultAsync(
            new ActionContext(new DefaultHttpContext { Response = { Body = output } }, new RouteData(), new ActionDescriptor()));

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
