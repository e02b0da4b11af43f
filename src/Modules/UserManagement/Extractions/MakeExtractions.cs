using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;

namespace Platform.UserManagement.Extractions;

/// <summary>Makes what was approved, deletes what has expired, and takes up again what a host left half done.</summary>
internal sealed class MakeExtractions(IServiceScopeFactory scopes, UserManagementDb db, TimeProvider clock, ILogger<MakeExtractions> log) : IScheduledJob
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    public static string Name => "users.make-extractions";
    public static string Title => "Prepara le estrazioni approvate e cancella quelle scadute";
    public static string Cron => "20 * * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var stuck = now - Longest;
        var over = await db.Extractions.Where(e => e.State == ExtractionState.Ready && e.ExpiresAt <= now).ToListAsync(cancellation);
        foreach (var extraction in over)
        {
            await db.ExtractionParts.Where(p => p.ExtractionId == extraction.Id).ExecuteDeleteAsync(cancellation);
            extraction.Expire();
        }

        foreach (var left in await db.Extractions.Where(e => e.State == ExtractionState.Making && e.MakingSince < stuck).ToListAsync(cancellation))
            left.TakeUpAgain();
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();

        var made = 0;
        foreach (var id in await db.Extractions.Where(e => e.State == ExtractionState.Approved).OrderBy(e => e.DecidedAt).Select(e => e.Id).ToListAsync(cancellation))
            made += await Make(id, cancellation) ? 1 : 0;
        return new("{0} estrazioni preparate, {1} scadute", made, over.Count);
    }

    private async Task<bool> Make(Guid id, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform();
        var mine = scope.ServiceProvider.GetRequiredService<UserManagementDb>();
        var extraction = await mine.Extractions.FirstAsync(e => e.Id == id, cancellation);
        if (extraction.State != ExtractionState.Approved)
            return false;
        extraction.Begin(clock.GetUtcNow().UtcDateTime);
        // Of two hosts, the second meets the first one's version and leaves it.
        await mine.SaveChangesAsync(cancellation);
        try
        {
            await scope.ServiceProvider.GetRequiredService<ExtractionMaker>().Make(extraction, cancellation);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError("Extraction {Extraction} failed: {Failure}\n{Where}", id, failure.GetType().Name, failure.StackTrace);
            mine.ChangeTracker.Clear();
            var failed = await mine.Extractions.FirstAsync(e => e.Id == id, cancellation);
            failed.Fail(failure is Refusal refusal ? refusal.Message : "Non è riuscita per un errore: la chieda di nuovo, o avvisi chi gestisce la piattaforma.");
            await mine.SaveChangesAsync(cancellation);
            return false;
        }
    }
}

/// <summary>Writes the zip: a file for each kind of rows, one of the people, the data dictionary, and what holds for all of it.</summary>
internal sealed class ExtractionMaker(
    UserManagementDb db, ExtractionFile file, Pseudonyms pseudonyms, IEnumerable<IExtracted> extracted, IPersonTraits traits, Texts texts, Region region, TimeProvider clock)
{
    private const int Batch = 1000;
    private const int Progress = 10_000;

    private readonly HashSet<Guid> people = [];
    private int rows;

    public async Task Make(Extraction extraction, CancellationToken cancellation)
    {
        var key = await pseudonyms.KeyOf(extraction.Project, cancellation);
        var kinds = extraction.Kinds.Split(' ').Select(name => extracted.Single(e => e.Name == name)).ToList();
        var coarser = 0;
        await using var zipped = ExtractionFile.Temporary();
        await using (var zip = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var kind in kinds)
            {
                IReadOnlyList<TableColumn<ExtractedRow>> columns =
                    [new("person", r => Pseudonyms.Of(key, r.PatientId)), .. kind.Columns.Select((c, i) => new TableColumn<ExtractedRow>(c.Name, r => r.Cells[i] is Guid id ? Pseudonyms.Of(key, id) : r.Cells[i]))];
                await Write(zip, kind.Name, extraction.Format, columns, Counted(extraction, kind, cancellation), cancellation);
            }

            IReadOnlyList<TableColumn<CoarsePerson>> about =
                [new("person", p => Pseudonyms.Of(key, p.Id)), new("age_class", p => p.AgeClass), new("sex", p => p.Sex), new("municipality", p => p.Municipality), new("asl", p => p.Asl)];
            var described = Coarsening.Of(await Traits(extraction, cancellation), Rule(ExtractionRules.SmallestGroup)).OrderBy(p => Pseudonyms.Of(key, p.Id), StringComparer.Ordinal).ToList();
            coarser = described.Count(p => p.Municipality == Coarsening.NotSaid);
            await Write(zip, "people", extraction.Format, about, described.ToAsyncEnumerable(), cancellation);
            await Write(zip, "dictionary", extraction.Format, Dictionary, Meanings(kinds).ToAsyncEnumerable(), cancellation);
            await using var said = new StreamWriter(zip.CreateEntry("leggimi.txt").Open());
            await said.WriteAsync(ExtractionConditions.Of(extraction));
        }

        zipped.Position = 0;
        await file.Keep(extraction.Id, zipped, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var done = await db.Extractions.FirstAsync(e => e.Id == extraction.Id, cancellation);
        done.Finish(rows, people.Count, coarser, now, now.AddDays(Rule(ExtractionRules.DaysKept)));
        await db.SaveChangesAsync(cancellation);
    }

    private int Rule(string what) => region.Extractions.Of(what, region.DayOf(clock.GetUtcNow()));

    private static async Task Write<T>(ZipArchive zip, string name, TableFormat format, IReadOnlyList<TableColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken cancellation)
    {
        await using var entry = await zip.CreateEntry($"{name}.{format.ToString().ToLowerInvariant()}").OpenAsync(cancellation);
        await TableWriter.Write(format, entry, columns, Fitting(rows, format, cancellation), cancellation);
    }

    // The writer of sheets would stop where a sheet ends; half a file must not pass for a whole one.
    private static async IAsyncEnumerable<T> Fitting<T>(IAsyncEnumerable<T> rows, TableFormat format, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var count = 1;
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (format == TableFormat.Xlsx && ++count > TableWriter.LongestSheet - 1)
                throw new Refusal("sheet-too-long", "Le righe sono più di quante ne tiene un foglio di calcolo: la chieda in CSV.");
            yield return row;
        }
    }

    private async IAsyncEnumerable<ExtractedRow> Counted(Extraction extraction, IExtracted kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (from, until) = (region.UtcOf(extraction.From, TimeOnly.MinValue), region.UtcOf(extraction.To.AddDays(1), TimeOnly.MinValue));
        await foreach (var row in kind.Rows(from, until, cancellation))
        {
            people.Add(row.PatientId);
            // Seen by who waits, without a new version of the row that this run holds.
            if (++rows % Progress == 0)
                await db.Extractions.Where(e => e.Id == extraction.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Rows, rows), cancellation);
            yield return row;
        }
    }

    private async Task<List<CoarsePerson>> Traits(Extraction extraction, CancellationToken cancellation)
    {
        var (years, oldest) = (Rule(ExtractionRules.AgeClassYears), Rule(ExtractionRules.OldestFrom));
        var all = new List<CoarsePerson>(people.Count);
        foreach (var ids in people.Chunk(Batch))
            all.AddRange((await traits.Of(ids, cancellation)).Select(t => Coarsening.Of(t, extraction.To, years, oldest)));
        return all;
    }

    private static readonly IReadOnlyList<TableColumn<(string File, string Column, string Meaning, string English)>> Dictionary =
        [new("file", m => m.File), new("column", m => m.Column), new("meaning", m => m.Meaning), new("meaning_en", m => m.English)];

    // In both languages, whoever reads it.
    private List<(string File, string Column, string Meaning, string English)> Meanings(IReadOnlyList<IExtracted> kinds)
    {
        var before = CultureInfo.CurrentUICulture;
        List<(string File, string Column, string Meaning, string English)> all = [];
        void Add(string file, string column, string meaning, params object[] arguments)
        {
            string In(string language)
            {
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                return texts[meaning, arguments].Value;
            }

            all.Add((file, column, In("it"), In("en")));
        }

        foreach (var kind in kinds)
        {
            Add(kind.Name, "person", "Pseudonimo della persona, lo stesso in tutti i file di questa estrazione");
            foreach (var column in kind.Columns)
                Add(kind.Name, column.Name, column.Meaning);
        }

        Add("people", "person", "Pseudonimo della persona, lo stesso in tutti i file di questa estrazione");
        Add("people", "age_class", "Classe di età all'ultimo giorno del periodo; * se non detta");
        Add("people", "sex", "Sesso; * se non detto");
        Add("people", "municipality", "Comune di residenza, codice ISTAT; * se chi è uguale è in meno di {0}", Rule(ExtractionRules.SmallestGroup));
        Add("people", "asl", "ASL di residenza, codice ministeriale; * se non detta");
        CultureInfo.CurrentUICulture = before;
        return all;
    }
}
