using System.Data.Common;
using System.Globalization;
using ChatPlatform.Application.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>
/// Adds a unique number to statements with the tag <see cref="StoreFunctions.CustomPlan"/>, so that they are never prepared.
/// A generic plan cannot know that a word is rare, and would read all messages to find it.
/// </summary>
internal sealed class UnpreparedStatements : DbCommandInterceptor
{
    private const string Tag = "-- " + StoreFunctions.CustomPlan;

    private long _number;

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Number(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Number(command);
        return ValueTask.FromResult(result);
    }

    private void Number(DbCommand command)
    {
        if (command.CommandText.StartsWith(Tag, StringComparison.Ordinal))
        {
            var number = Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);
            command.CommandText = command.CommandText.Insert(Tag.Length, $", {number}");
        }
    }
}
