using ChatPlatform.Application.Common;
using ChatPlatform.Application.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.Files;

internal static class FileRegistration
{
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.AddOptions<FileStoreOptions>().Configure<IServiceProvider>((options, provider) =>
        {
            var configuration = provider.GetService<IConfiguration>();
            if (configuration?["DataFolder"] is { } dataFolder)
            {
                options.Folder = Path.Combine(dataFolder, "files");
            }

            configuration?.GetSection("Files").Bind(options);
        });
        services.AddOptions<FileLimits>().Configure<IServiceProvider>((options, provider) =>
            provider.GetService<IConfiguration>()?.GetSection("Files").Bind(options));
        services.AddSingleton<IFileStore, FolderFileStore>();
        return services.AddSingleton<FileCleanup>().AddHostedService<FileCleanupWorker>();
    }
}
