using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Imports;
using Platform.Patients.Ties;

namespace Platform.Patients.Demo;

/// <summary>The demonstration's doctors and fictitious people, through the imports themselves.</summary>
internal sealed class DemoPeople(PatientsDb db, IMediator mediator, ImportRun imports, Region region, IBirthPlaces places, TimeProvider clock) : IDemoSeed
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

        await imports.Bring<DoctorsImport>(ImportSource.CommandLine, Doctors(), (_, outcome) => Check(outcome), cancellation);
        var (told, lines) = (0, 0);
        var people = new DemoRegistry(region, places, region.DayOf(clock.GetUtcNow()));
        await imports.Bring<PeopleImport>(ImportSource.CommandLine, Lazily(people.People()), (rows, outcome) =>
        {
            lines += rows.Count;
            if (lines / SayEvery > told || lines == region.DemoPeople)
                said.Report($"{lines} of {region.DemoPeople} people");
            told = lines / SayEvery;
            return Check(outcome);
        }, cancellation);
        await NoteParents(cancellation);
    }

    // Mario Rossi and Youssef El Amrani act for their children.
    private async Task NoteParents(CancellationToken cancellation)
    {
        var today = region.DayOf(clock.GetUtcNow());
        foreach (var (family, parent) in new[] { ("ROSSI", "MARIO"), ("EL AMRANI", "YOUSSEF") })
        {
            if (await db.Patients.Where(p => p.FamilySearch == family && p.GivenSearch == parent).OrderBy(p => p.Id).FirstOrDefaultAsync(cancellation) is not { } proxy)
                continue;
            string[] children = ["GIULIA", "MATTEO", "SARA"];
            foreach (var child in await db.Patients.Where(p => p.FamilySearch == family && children.Contains(p.GivenSearch) && p.BirthDate > today.AddYears(-10))
                .OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellation))
            {
                await mediator.Send(new NoteTie
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()), PatientId = child, ProxyCode = proxy.FiscalCode, ProxyFamilyName = proxy.FamilyName,
                    Kind = ProxyKind.Parent, From = today, Document = "Stato di famiglia (dimostrazione)",
                }, cancellation);
            }
        }
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
    private static ValueTask Check(ImportOutcome outcome) => outcome.Faults is [var fault, ..]
        ? throw new InvalidOperationException($"The demonstration's line {fault.Line} was refused: {fault.Column}, {fault.Reason}") : ValueTask.CompletedTask;
}
