using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Patients.People;

/// <summary>Something that was noted on a person on a day.</summary>
internal interface INoted
{
    Guid Id { get; }
    Guid PatientId { get; }
    DateTime At { get; }
}

[Shows(FieldClass.Identity, "Person")]
internal sealed record NotedRow<T>(T Noted, string Person) : IOfPatient
    where T : INoted
{
    public Guid? PatientOfRow => Noted.PatientId;
}

internal static class NotedOnPeople
{
    /// <summary>With whose it is, the newest first.</summary>
    public static Task<Listing<NotedRow<T>>> Newest<T>(this PatientsDb db, int page, CancellationToken cancellation)
        where T : class, INoted => (
            from noted in db.Set<T>().AsNoTracking()
            join patient in db.Patients on noted.PatientId equals patient.Id
            orderby noted.At descending, noted.Id
            select new NotedRow<T>(noted, patient.FamilyName + " " + patient.GivenName)).ToListing(page, Listings.DefaultSize, cancellation);
}
