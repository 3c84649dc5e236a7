using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal static class ArrivalProperty
{
    /// <summary>The database fills it in (docs/decisions/0023).</summary>
    public static void IsArrival(this PropertyBuilder<ulong> property) =>
        property.HasColumnType("xid8").HasDefaultValueSql("arrival()").ValueGeneratedOnAdd();
}
