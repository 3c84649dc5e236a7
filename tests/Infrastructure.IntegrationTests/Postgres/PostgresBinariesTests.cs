using ChatPlatform.Infrastructure.Packages;
using ChatPlatform.Infrastructure.Postgres;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

public sealed class PostgresBinariesTests : PostgresTest
{
    [Test]
    public void Newest_version_comes_first()
    {
        foreach (var version in new[] { "9.6", "18", "10", "17", "other" })
        {
            Directory.CreateDirectory(Path.Combine(Folder, version));
        }

        var folders = MachineFolders.NewestFirst(Folder, "*", "bin").Select(path => Path.GetRelativePath(Folder, path));

        Assert.That(folders, Is.EqualTo(new[] { "18/bin", "17/bin", "10/bin", "9.6/bin", "other/bin" }));
    }

    [Test]
    public void Configured_folder_without_a_server_is_an_error_although_the_machine_has_one()
    {
        Assert.That(
            () => StartFromNothingAsync(Options with { BinariesDirectory = Folder }),
            Throws.InstanceOf<PrivatePostgresException>().With.Message.Contain(Folder));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Version_too_old_is_an_error()
    {
        PretendVersion("14.9 (Debian 14.9-1)");

        Assert.That(
            () => StartFromNothingAsync(Options with { BinariesDirectory = Path.Combine(Folder, "bin") }),
            Throws.InstanceOf<PrivatePostgresException>().With.Message.Contain("PostgreSQL 14").And.Message.Contain("15 or newer"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task Database_is_opened_only_by_the_version_that_created_it()
    {
        await using (await StartAsync())
        {
        }

        var version = await File.ReadAllTextAsync(Path.Combine(Options.DataDirectory, "data", "PG_VERSION"));
        PretendVersion("99.1");

        Assert.That(
            () => StartAsync(Options with { BinariesDirectory = Path.Combine(Folder, "bin") }),
            Throws.InstanceOf<PrivatePostgresException>()
                .With.Message.Contain("PostgreSQL 99").And.Message.Contain($"created by PostgreSQL {version.Trim()}"));
    }

    [Test]
    [NonParallelizable]
    [Platform(Exclude = "Win")]
    public void Links_on_the_path_lead_to_the_folder_that_has_all_programs()
    {
        PretendVersion("17.1");
        var links = Directory.CreateDirectory(Path.Combine(Folder, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "postgres"), Path.Combine(Folder, "bin", "postgres"));
        var path = Environment.GetEnvironmentVariable("PATH");
        try
        {
            Environment.SetEnvironmentVariable("PATH", $"{links}:{path}");
            Assert.That(MachineFolders.InOrder().First(), Is.EqualTo(Path.Combine(Folder, "bin")));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    private void PretendVersion(string version)
    {
        var bin = Directory.CreateDirectory(Path.Combine(Folder, "bin")).FullName;
        foreach (var program in new[] { "postgres", "initdb", "pg_ctl" })
        {
            var file = Path.Combine(bin, program);
            File.WriteAllText(file, $"#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n");
            File.SetUnixFileMode(file, SharedFolder.Mode);
        }
    }
}
