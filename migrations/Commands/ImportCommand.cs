using System.CommandLine;
using System.Text.Json;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Migrations.Imports;
using Spectre.Console;

namespace ChatPlatform.Migrations.Commands;

/// <summary>Uploads files to a running server and shows the progress of their imports (docs/decisions/0018).</summary>
internal static class ImportCommand
{
    private const string SecretVariable = "CHATPLATFORM_CLIENT_SECRET";
    private const int ErrorsShown = 10;

    /// <summary>In dependency order.</summary>
    private static readonly string[] Types = ["users", "channels", "members", "messages"];

    public static Command Create(Output output)
    {
        var server = new Option<string>("--server", "-s")
        {
            Description = "The server's address.",
            DefaultValueFactory = _ => "http://localhost:3000",
        };
        var application = new Option<string?>("--application", "-a")
        {
            Description = $"Client id of the target application; its secret is in {SecretVariable} or in --credentials. "
                + "Default: the application of --credentials.",
        };
        var credentials = new Option<FileInfo>("--credentials")
        {
            Description = "The credentials.json in the server's data folder.",
            DefaultValueFactory = _ => new FileInfo(Path.Combine(".chatplatform", "credentials.json")),
        };
        var files = Types.Select(type => new Option<FileInfo?>($"--{type}")
        {
            Description = $"A JSON array or JSON lines of {type}, plain or gzip.",
        }).ToArray();
        var dryRun = new Option<bool>("--dry-run") { Description = "Check all items and report errors, but write nothing." };
        var atomic = new Option<bool>("--atomic") { Description = "Import all items of a file or, if one is invalid, none." };
        var report = new Option<FileInfo?>("--report") { Description = "File for all failed items, as JSON lines." };
        var command = new Command("import", "Imports users, channels, members and messages into an application of a running server.")
        {
            server, application, credentials, files[0], files[1], files[2], files[3], dryRun, atomic, report,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var given = Types.Zip(files, (type, option) => (Type: type, File: parsed.GetValue(option)))
                .Where(import => import.File is not null).Select(import => (import.Type, import.File!)).ToList();
            Check(given);
            using var client = new ImportClient(Address(parsed.GetValue(server)!));
            await client.LogInAsync(
                Credentials(parsed.GetValue(application), parsed.GetValue(credentials)!), cancellationToken);
            var query = $"?dryRun={parsed.GetValue(dryRun)}&atomic={parsed.GetValue(atomic)}".ToLowerInvariant();
            var jobs = await RunImportsAsync(client, given, query, output, cancellationToken);
            await ReportAsync(client, jobs, parsed.GetValue(report), output, cancellationToken);
            return jobs.Any(job => job.State is not JobState.Finished) ? ExitCode.Failed
                : jobs.Any(job => job.Progress.Failed > 0) ? ExitCode.DifferencesFound
                : ExitCode.Success;
        });
        return command;
    }

    private static Uri Address(string server) =>
        Uri.TryCreate(server.TrimEnd('/') + '/', UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address
        : throw new UsageException($"'{server}' is not a server address; use http://… or https://…");

    private static void Check(List<(string Type, FileInfo File)> given)
    {
        if (given.Count == 0)
        {
            throw new UsageException("Nothing to import. Use --users, --channels, --members or --messages.");
        }

        foreach (var (_, file) in given.Where(import => !import.File.Exists))
        {
            throw new UsageException($"There is no file '{file.FullName}'.");
        }
    }

    private static ClientCredentials Credentials(string? clientId, FileInfo file)
    {
        var secret = Environment.GetEnvironmentVariable(SecretVariable);
        if (clientId is not null && secret is not null)
        {
            return new ClientCredentials(clientId, secret);
        }

        var stored = file.Exists
            ? JsonSerializer.Deserialize<ClientCredentials>(File.ReadAllBytes(file.FullName), JsonSerializerOptions.Web)
            : null;
        return stored is not null && (clientId is null || clientId == stored.ClientId)
            ? stored
            : throw new UsageException(
                $"No application given. Use --application and set {SecretVariable}, or --credentials with the server's credentials.json.");
    }

    /// <summary>Starts all imports, which the server runs one by one, and waits for their ends.</summary>
    private static async Task<List<ImportJob>> RunImportsAsync(
        ImportClient client, List<(string Type, FileInfo File)> imports, string query, Output output, CancellationToken cancellationToken)
    {
        var jobs = new List<ImportJob>();
        await AnsiOutput.Console(output.Out).Progress()
            .AutoClear(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var bars = imports.Select(import => progress.AddTask(import.Type, autoStart: false)).ToList();
                foreach (var (type, file) in imports)
                {
                    jobs.Add(await client.StartAsync($"v1/imports/{type}{query}", file, cancellationToken));
                }

                for (var i = 0; i < jobs.Count; i++)
                {
                    bars[i].StartTask();
                    await foreach (var job in client.WatchAsync(jobs[i], cancellationToken))
                    {
                        jobs[i] = job;
                        Show(bars[i], imports[i].Type, job);
                    }

                    bars[i].StopTask();
                }
            });
        return jobs;
    }

    private static void Show(ProgressTask bar, string type, ImportJob job)
    {
        var seconds = bar.ElapsedTime?.TotalSeconds ?? 0;
        var rate = seconds > 0 ? $", {job.Progress.Processed / seconds:N0}/s" : "";
        bar.Description = $"{type} [dim]{job.State.ToString().ToLowerInvariant()}, {job.Progress.Processed:N0}{rate}[/]";
        bar.MaxValue = Math.Max(job.Progress.BytesTotal ?? 1, 1);
        bar.Value = job.State is JobState.Finished ? bar.MaxValue : job.Progress.BytesRead ?? 0;
    }

    private static async Task ReportAsync(
        ImportClient client, List<ImportJob> jobs, FileInfo? report, Output output, CancellationToken cancellationToken)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Import", "State");
        foreach (var count in new[] { "Items", "Imported", "Skipped", "Failed" })
        {
            table.AddColumn(new TableColumn(count).RightAligned());
        }

        foreach (var job in jobs)
        {
            var items = job.Progress;
            table.AddRow([
                $"{job.Type} {job.Id}", $"{job.State}",
                .. new[] { items.Processed, items.Succeeded, items.Skipped, items.Failed }.Select(count => $"{count:N0}"),
            ]);
        }

        AnsiOutput.Write(output.Out, table);
        await using var all = report?.Create();
        foreach (var job in jobs)
        {
            if (job.Error is not null)
            {
                await output.Error.WriteLineAsync($"{job.Type} {job.Id}: {job.Error}");
            }

            if (job.Progress.Failed == 0)
            {
                continue;
            }

            foreach (var error in await client.FirstErrorsAsync(job, ErrorsShown, cancellationToken))
            {
                await output.Error.WriteLineAsync(
                    $"{job.Type} {job.Id}, item {error.Index} ({error.IdempotencyKey ?? "no key"}): {error.Reason}");
            }

            if (all is not null)
            {
                await client.CopyErrorsAsync(job, all, cancellationToken);
            }
            else if (job.Progress.Failed > ErrorsShown)
            {
                await output.Error.WriteLineAsync($"… {job.Progress.Failed:N0} in total; --report writes all of them to a file.");
            }
        }
    }
}
