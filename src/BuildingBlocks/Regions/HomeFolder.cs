using Microsoft.Extensions.Hosting;

namespace Platform.BuildingBlocks.Regions;

/// <summary>The folder under which data, logs and region packs lie: the checkout when run from source,
/// the program's own folder when installed.</summary>
public static class HomeFolder
{
    public static string Of(IHostEnvironment environment)
    {
        for (var folder = new DirectoryInfo(environment.ContentRootPath); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "regions")))
                return folder.FullName;
        }

        return environment.ContentRootPath;
    }

    /// <summary>A path of the configuration: absolute as it is, relative to the home folder otherwise.</summary>
    public static string Resolve(IHostEnvironment environment, string path) => Path.GetFullPath(path, Of(environment));
}
