using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Patients.People;

/// <summary>A word of somebody's names, as it is searched by its beginning: a million people are searched by an index that
/// every engine has, whatever its language.</summary>
internal sealed class PatientWord
{
    public required Guid PatientId { get; init; }
    public required string Word { get; init; }

    /// <summary>In charge of the person: a common name is found among one ASL's people, not the region's.</summary>
    public required string AslCode { get; set; }

    /// <summary>The words of folded names, each once.</summary>
    public static IEnumerable<string> Of(string searchName) =>
        searchName.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Beginning.Plain).Distinct();

    /// <summary>Keeps the words of those whose names or ASL are new or have changed; part of the same save.</summary>
    public static async Task Follow(PatientsDb db, CancellationToken cancellation)
    {
        db.ChangeTracker.DetectChanges();
        var named = db.ChangeTracker.Entries<Patient>()
            .Where(e => e.State == EntityState.Added || (e.State == EntityState.Modified && (e.Property(p => p.SearchName).IsModified || e.Property(p => p.AslCode).IsModified))).ToList();
        var renamed = named.Where(e => e.State == EntityState.Modified).Select(e => e.Entity.Id).ToList();
        var known = (renamed.Count == 0 ? [] : await db.Words.Where(w => renamed.Contains(w.PatientId)).ToListAsync(cancellation)).ToLookup(w => w.PatientId);
        // A save that is tried again has added them already.
        var tracked = db.ChangeTracker.Entries<PatientWord>().Select(e => (e.Entity.PatientId, e.Entity.Word)).ToHashSet();
        foreach (var patient in named.Select(e => e.Entity))
        {
            var words = Of(patient.SearchName).ToHashSet(StringComparer.Ordinal);
            foreach (var old in known[patient.Id])
            {
                old.AslCode = patient.AslCode;
                if (!words.Remove(old.Word))
                    db.Words.Remove(old);
            }

            db.Words.AddRange(words.Where(w => !tracked.Contains((patient.Id, w))).Select(w => new PatientWord { PatientId = patient.Id, Word = w, AslCode = patient.AslCode }));
        }
    }
}
