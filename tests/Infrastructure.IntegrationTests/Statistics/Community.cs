using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Testing;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>Random changes of one application. A concurrent writer may delete the target of a step, which then has no effect.</summary>
internal sealed class Community(
    TestDatabase database, IServiceProvider services, SeededApplication application, TestClock clock, bool concurrent)
{
    private readonly Lock _lock = new();
    private readonly History _history = new(database, application.Id);
    private readonly List<long> _users = [];
    private readonly List<long> _channels =
        [.. application == SeededCommunity.Riverside ? [SeededCommunity.AliceAndBob.Id] : Array.Empty<long>()];
    private readonly List<(long Channel, long Message)> _messages = [];

    public SeededApplication Application => application;

    /// <returns>A description of the step.</returns>
    public async Task<string> RunStepAsync(Random random)
    {
        try
        {
            return await RunRandomStepAsync(random);
        }
        catch (Exception missing) when (concurrent && IsMissing(missing))
        {
            return "no effect";
        }
    }

    private static bool IsMissing(Exception exception) => exception switch
    {
        // Queried but deleted.
        InvalidOperationException { InnerException: null } => true,
        DbUpdateException { InnerException: { } inner } => IsMissing(inner),
        InvalidOperationException { InnerException: { } inner } => IsMissing(inner),
        DbUpdateConcurrencyException => true,
        PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.DeadlockDetected } => true,
        _ => false,
    };

    private async Task<string> RunRandomStepAsync(Random random)
    {
        if (Count(_users) < 3)
        {
            Add(_users, await _history.AddUserAsync(random.Next(3) == 0, clock.Now));
            return "user";
        }

        if (Count(_channels) < 2)
        {
            Add(_channels, await _history.AddChannelAsync((ChannelType)random.Next(2), clock.Now));
            return "channel";
        }

        var (channel, user, broadcast) = (Pick(_channels, random), Pick(_users, random), random.Next(4) > 0);
        switch (random.Next(20))
        {
            case 0:
                Add(_users, await _history.AddUserAsync(random.Next(2) == 0, RandomTime(random)));
                return "user";
            case 1:
                Add(_channels, await _history.AddChannelAsync((ChannelType)random.Next(2), clock.Now));
                return "channel";
            case 2:
                await _history.JoinAsync(channel, user, clock.Now);
                return $"join {channel} {user}";
            case 3:
                await _history.LeaveAsync(channel, user);
                return $"leave {channel} {user}";
            case 4:
                await _history.UpgradeAsync(user, random.Next(2) == 0);
                return $"upgrade {user}";
            case 5 when Count(_users) > 3:
                return await DeleteUserAsync(user, erase: random.Next(2) == 0);
            case 6 when Count(_channels) > 2:
                return await DeleteChannelAsync(channel);
            case 7 or 8 when RemoveMessage(random) is { } message:
                await SendAsync(new DeleteMessage(message.Message));
                return $"message {message} deleted";
            case 9 or 10:
                var begin = Minute(RandomTime(random, days: 6));
                await _history.AddSessionAsync(channel, user, begin, random.Next(3) == 0 ? null : begin.AddMinutes(random.Next(200)));
                return $"session {channel} {user} {begin:O}";
            case 11:
                var bucket = RandomTime(random);
                bucket = bucket.AddTicks(-(bucket.Ticks % TimeSpan.FromMinutes(15).Ticks));
                await _history.ImportAsync(channel, user, bucket, random.Next(1, 30), broadcast);
                return $"import {channel} {user} {bucket:O}";
            case 12 when Count(_messages) > 0:
                var edited = Pick(_messages, random);
                await SendAsync(new UpdateMessage(edited.Message, Body: "Edited"));
                return $"message {edited} edited";
            case 13:
                var isNew = random.Next(2) == 0;
                await (isNew
                    ? (Task)SendAsync(new AddToBlacklist(channel, new(user)))
                    : SendAsync(new RemoveFromBlacklist(channel, user)));
                return $"blacklist {channel} {user}: {isNew}";
            case 14:
                return await SendAsClientAsync(channel, user);
            case 15:
                await SendAsync(new UpdateChannel(channel, Active: (bool?)(random.Next(3) > 0)));
                return $"channel {channel} switched";
            default:
                var at = RandomTime(random);
                var sent = (channel, await _history.SendAsync(channel, user, at, broadcast));
                Add(_messages, sent);
                return $"message {sent} {user} {at:O} {broadcast}";
        }
    }

    /// <summary>Sends through the use case, which decides whether the message is broadcast.</summary>
    private async Task<string> SendAsClientAsync(long channel, long user)
    {
        var sent = await SendAsync(new SendMessage(MessageTarget.Channel(channel), new(user), "Hello"));
        if (sent.IsSuccess)
        {
            Add(_messages, (channel, sent.Value.Id));
        }

        return $"{user} sends to {channel}: {sent.IsSuccess}";
    }

    private async Task<string> DeleteUserAsync(long user, bool erase)
    {
        await SendAsync(new DeleteUser(user, erase));
        lock (_lock)
        {
            _users.Remove(user);
        }

        return $"user {user} deleted, messages too: {erase}";
    }

    private async Task<string> DeleteChannelAsync(long channel)
    {
        await SendAsync(new DeleteChannel(channel));
        lock (_lock)
        {
            _channels.Remove(channel);
            _messages.RemoveAll(message => message.Channel == channel);
        }

        return $"channel {channel} deleted";
    }

    private int Count<T>(List<T> list)
    {
        lock (_lock)
        {
            return list.Count;
        }
    }

    private void Add<T>(List<T> list, T item)
    {
        lock (_lock)
        {
            list.Add(item);
        }
    }

    private T Pick<T>(List<T> list, Random random)
    {
        lock (_lock)
        {
            return list.Count == 0 ? throw new InvalidOperationException("There are none left.") : list[random.Next(list.Count)];
        }
    }

    private (long Channel, long Message)? RemoveMessage(Random random)
    {
        lock (_lock)
        {
            if (_messages.Count == 0)
            {
                return null;
            }

            var message = _messages[random.Next(_messages.Count)];
            _messages.Remove(message);
            return message;
        }
    }

    private async Task<Result<T>> SendAsync<T>(IRequest<Result<T>> request)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(application.Id);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private static DateTime Minute(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));

    private DateTime RandomTime(Random random, int days = 40) =>
        clock.Now.AddMinutes(-random.Next(1, random.Next(6) switch { < 3 => 1, < 5 => days, _ => 10 * days } * 24 * 60))
            .AddMilliseconds(random.Next(60_000));
}
