using AutoMapper;

namespace ChatPlatform.Application.Applications;

public sealed record ApplicationView
{
    public long Id { get; init; }

    public string Key { get; init; } = "";

    public string Name { get; init; } = "";

    public string Properties { get; init; } = "{}";

    public DateTime CreatedTime { get; init; }

    public bool GuestUsersEnabled { get; init; }

    public bool UserCreatedChannelsEnabled { get; init; }

    public uint Version { get; init; }
}

internal sealed class ApplicationMapping : Profile
{
    public ApplicationMapping() => CreateMap<Domain.Applications.Application, ApplicationView>();
}
