using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;

namespace Platform.Referti.LabFiles;

/// <summary>A laboratory's file of results. Its rows become messages of one result each: kept, matched and released by the one
/// road there is. What was brought already is known again, so that a file that was cut off may simply come again.</summary>
internal sealed class LabFileImport(FileMaps maps, Intake intake, IBirthPlaces places, Region region, TimeProvider clock) : StagedImport
{
    public static readonly ScopeRule<ImportedFile> Scope = new ScopeRule<ImportedFile>().By(ScopeKind.Lab, f => f.Scope);

    public override string Name => "lab-files";

    public override IReadOnlyList<ImportCount> Counts { get; } =
    [
        new("Refertate", "released"), new("Dicono ciò che il referto dice già", "said already"), new("In attesa di una persona", "waiting", "/referti/unmatched"),
        new("Già ricevute prima", "known already"),
    ];

    public IReadOnlyList<FileMap> Maps => [.. maps.All.Where(m => m.IsValidOn(region.DayOf(clock.GetUtcNow()))).OrderBy(m => m.Name != "simple")];

    public override TableLayout LayoutOf(string? format) => MapOf(format).Layout;

    /// <summary>By the description that was chosen or, where none was, by the first whose columns the file has.</summary>
    public override async Task<(Table Table, string? Format)> Open(Stream file, string? format, CancellationToken cancellation)
    {
        if (format is not null)
        {
            var map = Maps.FirstOrDefault(m => m.Name == format)
                ?? throw new Refusal("unknown-format", "Il formato del file non è tra quelli conosciuti: {0}.", string.Join(", ", Maps.Select(m => m.Name))) { Kind = RefusalKind.Unprocessable };
            return (await Table.Open(file, map.Layout, cancellation), map.Name);
        }

        Refusal? first = null;
        foreach (var map in Maps)
        {
            file.Position = 0;
            try
            {
                return (await Table.Open(file, map.Layout, cancellation), map.Name);
            }
            catch (Refusal refusal) when (refusal.Code == "table-missing-column")
            {
                first ??= refusal;
            }
        }

        throw first ?? Refusal.NotFound();
    }

    public override async Task<ImportOutcome> Bring(ImportSource source, IReadOnlyList<TableRow> rows, CancellationToken cancellation)
    {
        var reader = new RowReader(MapOf(source.Format), places, region, region.DayOf(clock.GetUtcNow()));
        var read = rows.Select(reader.Read).ToList();
        var taken = await intake.TakeAll([.. read.Select(r => r.Incoming).OfType<Incoming>()], source.Scope!, source.SenderId, cancellation);
        var fresh = taken.Where(t => !t.AlreadyKnown).ToList();
        return new(
            [Count(OutcomeState.Issued), Count(OutcomeState.Repeated), Count(OutcomeState.Waiting), taken.Count - fresh.Count],
            [.. read.SelectMany(r => r.Faults)]);

        int Count(OutcomeState state) => fresh.Count(t => t.Outcomes.Any(o => o.State == state));
    }

    private FileMap MapOf(string? format) => maps.Find(format) ?? throw new InvalidOperationException($"There is no map {format} any more.");
}
