namespace Platform.BuildingBlocks.Tables;

/// <summary>A file of our own, gone when it is closed.</summary>
internal static class Spool
{
    public static FileStream New()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        // It holds people's data.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

    public static async Task<FileStream> Of(Stream stream, long longest, CancellationToken cancellation)
    {
        var spool = New();
        var buffer = new byte[128 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (spool.Length + read > longest)
            {
                await spool.DisposeAsync();
                throw TableSource.Wrong("table-too-large", "Il file compresso diventa troppo grande quando si apre: lo divida in più file.");
            }

            await spool.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        spool.Position = 0;
        return spool;
    }
}
