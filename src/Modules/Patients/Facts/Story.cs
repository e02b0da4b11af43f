using System.Text.Json;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.People;

namespace Platform.Patients.Facts;

/// <summary>Writes a person's story as the use cases change her record; it goes with their save.</summary>
internal sealed class Story(PatientsDb db, ICurrentUser user, TimeProvider clock)
{
    public const int ByNameLength = 120;

    public void Tell(Guid patientId, FactKind kind, params string[] arguments) => Add(patientId, kind, null, null, arguments);

    /// <summary>She passed from one ASL to another.</summary>
    public void TellPassage(Guid patientId, string fromAsl, string toAsl, string fromName, string toName) =>
        Add(patientId, FactKind.AslChanged, fromAsl, toAsl, [fromName, toName]);

    /// <summary>What changed of residence and domicile.</summary>
    public void TellMoves(PatientSummary before, Patient after, Region region)
    {
        if (before.ResidenceIstat != after.ResidenceIstat)
            Tell(after.Id, FactKind.Moved, Town(before.ResidenceIstat), Town(after.ResidenceIstat));
        if (before.DomicileIstat != after.DomicileIstat)
            Tell(after.Id, after.DomicileIstat is null ? FactKind.DomicileEnded : FactKind.DomicileDeclared, Town(after.DomicileIstat ?? after.ResidenceIstat));
        if (before.AslCode != after.AslCode)
            TellPassage(after.Id, before.AslCode, after.AslCode, Asl(before.AslCode), Asl(after.AslCode));

        string Town(string istat) => region.FindMunicipality(istat)?.Name ?? istat;
        string Asl(string code) => region.FindAsl(code)?.Name ?? code;
    }

    private void Add(Guid patientId, FactKind kind, string? from, string? to, string[] arguments)
    {
        var now = clock.GetUtcNow();
        var name = user.DisplayName;
        db.Facts.Add(new PatientFact
        {
            Id = Guid.CreateVersion7(now),
            PatientId = patientId,
            At = now.UtcDateTime,
            Kind = kind,
            Arguments = JsonSerializer.Serialize(arguments.Select(a => a.Length > 200 ? a[..200] : a)),
            ByName = name.Length > ByNameLength ? name[..ByNameLength] : name,
            FromAsl = from,
            ToAsl = to,
        });
    }
}
