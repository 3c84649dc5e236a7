using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>Names tables, columns, keys and indexes as PostgreSQL people write them, so that SQL needs no quotes.</summary>
internal static class SnakeCase
{
    public static void NameEverything(IMutableModel model)
    {
        foreach (var type in model.GetEntityTypes())
        {
            foreach (var property in type.GetProperties().Where(p => p.FindAnnotation(RelationalAnnotationNames.ColumnName) is null))
            {
                property.SetColumnName(Of(property.Name));
            }

            foreach (var key in type.GetKeys())
            {
                key.SetName(Of(key.GetName()!));
            }

            foreach (var foreignKey in type.GetForeignKeys())
            {
                foreignKey.SetConstraintName(Of(foreignKey.GetConstraintName()!));
            }

            foreach (var index in type.GetIndexes())
            {
                index.SetDatabaseName(Of(index.GetDatabaseName()!));
            }
        }
    }

    private static string Of(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name.Replace("_", " ", StringComparison.Ordinal))
        .Replace(' ', '_');
}
