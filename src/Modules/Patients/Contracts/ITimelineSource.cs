using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Patients.Contracts;

/// <summary>The patient's page is owned by Patients; the modules above plug in what they know of her.
/// Each source shows only what the current user may see.</summary>
public interface ITimelineSource
{
    Task<IReadOnlyList<TimelineEntry>> Of(Guid patientId, CancellationToken cancellation);
}

/// <param name="At">UTC instant.</param>
/// <param name="Title">Already in the reader's language.</param>
/// <param name="Url">Page with the details, or null.</param>
[Shows(FieldClass.Health, "Text")]
[Shows(FieldClass.Work, "At", "Title", "Url", "Urgent")]
public sealed record TimelineEntry(DateTime At, string Title, string? Text, string? Url, bool Urgent);

/// <summary>Something that can be begun from the patient's page (request a swab); shown to those who hold the permission.</summary>
public interface IPatientAction
{
    string Permission { get; }

    /// <summary>Italian, the key of its translation.</summary>
    string Title { get; }

    string UrlFor(Guid patientId);
}
