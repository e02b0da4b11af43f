using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Imports;

namespace Platform.Patients.Demo;

/// <summary>The demonstration's doctors and fictitious people, through the imports themselves.</summary>
internal sealed class DemoPeople(PatientsDb db, ImportRun imports, Region region, IBirthPlaces places, TimeProvider clock) : IDemoSeed
{
    private const int SayEvery = 1000;

    public int Order => 10;

    public string Title => "Doctors and people";

    public async Task Seed(IProgress<string> said, CancellationToken cancellation)
    {
        if (await db.Patients.AnyAsync(cancellation))
        {
            said.Report("already there");
            return;
        }

        await imports.Bring(ImportKind.Doctors, Doctors(), Check, cancellation);
        var told = 0;
        var people = new DemoRegistry(region, places, region.DayOf(clock.GetUtcNow()));
        await imports.Bring(ImportKind.People, Lazily(people.People()), (lines, outcome) =>
        {
            Check(lines, outcome);
            if (lines / SayEvery > told || lines == region.DemoPeople)
                said.Report($"{lines} of {region.DemoPeople} people");
            told = lines / SayEvery;
        }, cancellation);
    }

    private async IAsyncEnumerable<TableRow> Doctors()
    {
        var line = 2;
        foreach (var doctor in region.Doctors)
        {
            yield return new(line++,
            [
                doctor.Code, doctor.FamilyName, doctor.GivenName, doctor.Paediatrician ? "pls" : "mmg", doctor.Asl,
                doctor.MunicipalityIstat, doctor.Email, doctor.FiscalCode, "",
            ]);
        }

        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<TableRow> Lazily(IEnumerable<TableRow> rows)
    {
        foreach (var row in rows)
            yield return row;
        await Task.CompletedTask;
    }

    // A line of the demonstration that is refused is a fault of the region pack or of this code.
    private static void Check(int lines, BatchOutcome outcome)
    {
        if (outcome.Faults is [var fault, ..])
            throw new InvalidOperationException($"The demonstration's line {fault.Line} was refused: {fault.Column}, {fault.Reason}");
    }
}
