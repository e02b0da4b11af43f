using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.Patients.Contracts;
using Platform.Patients.Doctors;
using Platform.Patients.GpLists;
using Platform.Patients.Grants;

namespace Platform.Patients.People;

/// <summary>What happens to her: doctors, grants, death, and that her record was somebody's twice.</summary>
internal sealed partial class Patient
{
    /// <summary>Puts her on a doctor's list from a day on; the list she was on ends the day before.</summary>
    /// <param name="onList">How many people the doctor's list has now.</param>
    /// <param name="until">Last day; null for as long as nothing else is said.</param>
    public GpAssignment AssignTo(Guid id, Doctor doctor, int onList, DateOnly from, DateOnly? until, DateOnly today)
    {
        CheckAlive();
        if (from < BirthDate)
            throw new Refusal("before-birth", "La validità non può cominciare prima della nascita.");
        if (assignments.Exists(a => a.DoctorCode == doctor.Code && a.CoversDay(from)))
            throw new Refusal("already-on-list", "Questa persona è già nella lista di questo medico.");
        doctor.CheckMayTake(BirthDate, from, onList);
        if (assignments.Where(a => a.ValidFrom >= from && (until is null || a.ValidFrom <= until)).MinBy(a => a.ValidFrom) is { } later)
        {
            throw new Refusal("later-doctor", "C'è già un medico con validità dal {0}: scelga una data successiva.",
                Words.Day(later.ValidFrom));
        }

        assignments.Find(a => a.CoversDay(from))?.EndOn(from.AddDays(-1));
        var assignment = new GpAssignment(id, Id, doctor.Code, from, until);
        assignments.Add(assignment);
        FollowLists(today);
        return assignment;
    }

    /// <summary>Makes the doctor of today the one that the assignments say.</summary>
    /// <returns>Whether it was another.</returns>
    public bool FollowLists(DateOnly today)
    {
        var code = assignments.Find(a => a.CoversDay(today))?.DoctorCode;
        if (code == GpCode)
            return false;
        GpCode = code;
        return true;
    }

    /// <summary>Takes her off the list she is on, or will be on, after that day.</summary>
    /// <returns>The assignment that ends.</returns>
    public GpAssignment EndList(DateOnly lastDay, DateOnly today)
    {
        var open = assignments.Find(a => a.CoversDay(lastDay))
            ?? throw new Refusal("on-no-list", "In quel giorno questa persona non è nella lista di nessun medico.");
        open.EndOn(lastDay);
        FollowLists(today);
        return open;
    }

    /// <summary>Nobody takes care of her any more; what was planned for later does not come.</summary>
    /// <exception cref="Refusal"><c>death-impossible</c>, <c>already-dead</c>.</exception>
    public void Die(DateOnly on, DateOnly today)
    {
        if (on > today || on < BirthDate)
            throw new Refusal("death-impossible", "La data del decesso non può essere nel futuro né prima della nascita.") { Kind = RefusalKind.Unprocessable };
        if (DiedOn is not null)
            throw new Refusal("already-dead", "Il decesso è già registrato.");
        DiedOn = on;
        foreach (var assignment in assignments.Where(a => a.ValidTo is null || a.ValidTo > on))
            assignment.EndOn(on < assignment.ValidFrom ? assignment.ValidFrom : on);
        GpCode = null;
    }

    public void LiveAfterAll()
    {
        if (DiedOn is null)
            throw new Refusal("not-dead", "Per questa persona non è registrato un decesso.");
        DiedOn = null;
    }

    public void Show(Grant grant) => grants.Add(grant);

    public void CheckAlive()
    {
        if (DiedOn is not null)
            throw new Refusal("patient-died", "Questa persona è deceduta.");
    }

    /// <summary>This record was the other's person all along: its codes, doctors and grants go over, and it answers no more.</summary>
    public void MergeInto(Patient survivor, DateOnly today)
    {
        var code = FiscalCode;
        FiscalCode = null;
        if (code is not null && survivor.FiscalCode is null)
            survivor.Identify(new(code, survivor.FamilyName, survivor.GivenName, survivor.Sex, survivor.BirthDate, survivor.BirthPlaceCode ?? BirthPlaceCode), today);
        else if (code is not null)
            survivor.Add(new(IdentityKind.FiscalCode, code, DateOnly.FromDateTime(RegisteredAt))).EndOn(today);
        foreach (var identity in identities)
        {
            if (survivor.FiscalCode is not null)
                identity.EndOn(today);
        }

        if (DiedOn is { } died && survivor.DiedOn is null)
            survivor.Die(died, today);
        if (GpCode is { } doctor && survivor.DiedOn is null && !survivor.assignments.Exists(a => a.ValidTo is null || a.ValidTo >= today))
        {
            survivor.assignments.Add(new(StableId.Of(Id, "merged"), survivor.Id, doctor, today, null));
            survivor.FollowLists(today);
        }

        foreach (var assignment in assignments.Where(a => a.ValidTo is null || a.ValidTo >= today))
            assignment.EndOn(today <= assignment.ValidFrom ? assignment.ValidFrom : today.AddDays(-1));
        survivor.Reach(new(survivor.ResidenceIstat, survivor.AslCode, survivor.Address ?? Address, survivor.Email ?? Email, survivor.Phone ?? Phone,
            survivor.DomicileIstat, survivor.DomicileAsl));
        (GpCode, MergedInto) = (null, survivor.Id);
    }
}
