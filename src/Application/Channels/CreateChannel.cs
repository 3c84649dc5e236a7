using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>
/// Creates a channel, or returns the existing one: the group of that name and type, or the DIRECT channel of that set of users. The
/// creator becomes a member. An application can forbid users to create channels (docs/contracts/platform.md#channels).
/// </summary>
/// <param name="Name">The name of a group; null generates one. A DIRECT channel has none.</param>
/// <param name="Properties">A JSON object, as text.</param>
public sealed record CreateChannel(
    ChannelType Type,
    string? Name = null,
    string? DisplayName = null,
    UserReference? Creator = null,
    IReadOnlyList<UserReference>? Members = null,
    string? Properties = null) : IRequest<Result<ChannelView>>;

internal sealed class CreateChannelValidator : AbstractValidator<CreateChannel>
{
    private const int MaxMembers = 1_000;

    public CreateChannelValidator()
    {
        RuleFor(r => r.Type).IsInEnum();
        RuleFor(r => r.Name).RequiredText(TextLimits.Name).When(r => r.Name is not null);
        RuleFor(r => r.DisplayName).RequiredText(TextLimits.DisplayName).When(r => r.DisplayName is not null);
        RuleFor(r => r.Creator).Reference();
        RuleFor(r => r.Members).Must(members => members is null || members.Count <= MaxMembers)
            .WithMessage($"must name at most {MaxMembers} users; use an import for more");
        RuleForEach(r => r.Members).NotNull().WithMessage("must name a user").Reference();
        RuleFor(r => r.Properties).PropertiesObject();
    }
}

internal sealed class CreateChannelHandler(IChatDbContext db, ChannelQueries queries, ICurrentApplication application, TimeProvider clock)
    : IRequestHandler<CreateChannel, Result<ChannelView>>
{
    public async Task<Result<ChannelView>> Handle(CreateChannel request, CancellationToken cancellationToken)
    {
        var references = (request.Members ?? []).Select((user, index) => ($"members[{index}]", user)).ToList();
        if (request.Creator is not null)
        {
            references.Add(("creator", request.Creator));
        }

        var found = await db.Users.FindAllAsync(references, cancellationToken);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        if (request.Creator is not null && !await CanUsersCreateAsync(cancellationToken))
        {
            return ChannelErrors.UsersMayNotCreate;
        }

        var creator = request.Creator is null ? null : found.Value[^1];
        var members = request.Creator is null ? found.Value : [.. found.Value.SkipLast(1)];
        var created = request.Type is ChannelType.Direct
            ? await FindOrCreateDirectAsync(request, creator, members, cancellationToken)
            : await FindOrCreateGroupAsync(request, creator, members, cancellationToken);
        return created.IsSuccess ? await queries.GetAsync(created.Value, cancellationToken) : created.Error;
    }

    private Task<bool> CanUsersCreateAsync(CancellationToken cancellationToken) => db.Applications
        .Where(a => a.Id == application.Id).Select(a => a.UserCreatedChannelsEnabled).FirstAsync(cancellationToken);

    private async Task<Result<long>> FindOrCreateDirectAsync(
        CreateChannel request, User? creator, IReadOnlyList<User> members, CancellationToken cancellationToken)
    {
        var direct = Channel.CreateDirect(application.Id, members, creator, request.Properties, clock.UtcNow());
        if (!direct.IsSuccess)
        {
            return direct.Error;
        }

        var existing = await db.Channels.Where(channel => channel.DirectKey == direct.Value.DirectKey)
            .Select(channel => (long?)channel.Id).FirstOrDefaultAsync(cancellationToken);
        return existing ?? await StoreAsync(direct.Value, cancellationToken);
    }

    private async Task<Result<long>> FindOrCreateGroupAsync(
        CreateChannel request, User? creator, IReadOnlyList<User> members, CancellationToken cancellationToken)
    {
        var existing = request.Name is null
            ? null
            : await db.Channels.Where(channel => channel.Name == request.Name)
                .Select(channel => new { channel.Id, channel.Type }).FirstOrDefaultAsync(cancellationToken);
        if (existing is not null)
        {
            return existing.Type == request.Type ? existing.Id : ChannelErrors.NameTaken(request.Name!);
        }

        var now = clock.UtcNow();
        var channel = Channel.CreateGroup(
            application.Id, request.Type, request.Name, request.DisplayName, creator, request.Properties, now);
        foreach (var member in members)
        {
            channel.Join(member, isMember: member == creator, now);
        }

        return await StoreAsync(channel, cancellationToken);
    }

    private async Task<long> StoreAsync(Channel channel, CancellationToken cancellationToken)
    {
        await db.Channels.AddAsync(channel, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return channel.Id;
    }
}
