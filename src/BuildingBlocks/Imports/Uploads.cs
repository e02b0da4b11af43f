using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;

namespace Platform.BuildingBlocks.Imports;

/// <summary>What one sender may hand in within a day, and the scanner that looks at it first (<c>Uploads:FilesPerDay</c>, <c>Uploads:MegabytesPerDay</c>,
/// <c>Uploads:Scanner</c>): docs/operations/install.md.</summary>
public sealed class Uploads(IConfiguration configuration, VirusScanner scanner, TimeProvider clock)
{
    private const int Files = 200;
    private const int Megabytes = 5000;

    private readonly (int Files, int Megabytes) most =
        (configuration.GetValue("Uploads:FilesPerDay", Files), configuration.GetValue("Uploads:MegabytesPerDay", Megabytes));

    /// <param name="hers">All that the sender has handed in.</param>
    /// <exception cref="Refusal"><c>uploads-today</c>, or what the scanner says.</exception>
    public async Task Check(IQueryable<ImportedFile> hers, Stream file, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-1);
        var today = await hers.Where(f => f.StartedAt > since).Select(f => f.Bytes).ToListAsync(cancellation);
        if (today.Count >= most.Files || today.Sum() + file.Length > most.Megabytes * 1024L * 1024)
        {
            throw new Refusal("uploads-today", "In un giorno può caricare al massimo {0} file, e {1} MB in tutto: riprovi domani, o chieda a chi gestisce la piattaforma.", most.Files, most.Megabytes)
            {
                Kind = RefusalKind.TooMany,
            };
        }

        await scanner.Check(file, cancellation);
        file.Position = 0;
    }
}
