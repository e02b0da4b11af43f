using System.Globalization;
using System.Net.Mail;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.Patients.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

/// <summary>Whoever asked for the swab is told what becomes of it, in the inbox; the person, by mail, only when and where she is expected.</summary>
internal sealed class WhenAppointmentChanges(TestingDb db, IMediator mediator, Region region, Texts texts) :
    IReaction<AppointmentMoved>, IReaction<SampleFailed>, IReaction<SwabDecided>
{
    public async Task React(Told<AppointmentMoved> told, CancellationToken cancellation)
    {
        var moved = told.Event;
        if (moved.ByClosure)
        {
            await Tell(told.Id, moved.RequestId, moved.PatientId, moved.RequestedBy, moved.ToAt is null ? MessagePriority.High : MessagePriority.Normal,
                moved.ToAt is null ? "Appuntamento da riprenotare, l'hotspot è chiuso: {0}" : "Appuntamento spostato, l'hotspot è chiuso: {0}", cancellation);
        }

        if (moved.ToAt is not { } at || moved.ToHotspot is not { } code)
            return;
        var person = await mediator.Send(new PatientById(moved.PatientId), cancellation);
        var hotspot = await db.Hotspots.AsNoTracking().SingleOrDefaultAsync(h => h.Code == code, cancellation);
        // An address that is none would come back at each delivery.
        if (person?.Email is not { Length: <= 254 } mail || !MailAddress.TryCreate(mail, out _) || hotspot is null)
            return;
        var when = region.LocalOf(at).ToString("dddd d MMMM yyyy, HH:mm", CultureInfo.GetCultureInfo("it-IT"));
        var where = hotspot.AtHome ? texts["al suo domicilio"].Value : $"{hotspot.Address}, {region.FindMunicipality(hotspot.MunicipalityIstat)?.Name}";
        await mediator.Send(new PostMail(
            StableId.Of(told.Id, "person"), mail, "Il suo appuntamento è cambiato",
            texts["Il suo appuntamento è stato spostato. Nuovo appuntamento: {0}, {1}. Per informazioni si rivolga a chi lo ha chiesto per lei.", when, where],
            moved.PatientId), cancellation);
    }

    public Task React(Told<SampleFailed> told, CancellationToken cancellation) =>
        Tell(told.Id, told.Event.RequestId, told.Event.PatientId, told.Event.RequestedBy, MessagePriority.High, "Serve un nuovo campione: {0}", cancellation);

    public Task React(Told<SwabDecided> told, CancellationToken cancellation)
    {
        var subject = told.Event.State switch
        {
            SwabRequestState.MoreInformation => "Richiesta di tampone da completare: {0}",
            SwabRequestState.Refused => "Richiesta di tampone non autorizzata: {0}",
            SwabRequestState.Booked => "Richiesta di tampone autorizzata: {0}",
            _ => "Richiesta di tampone autorizzata, da prenotare: {0}",
        };
        return Tell(told.Id, told.Event.RequestId, told.Event.PatientId, told.Event.RequestedBy, MessagePriority.Normal, subject, cancellation);
    }

    private async Task Tell(Guid cause, Guid requestId, Guid patientId, Guid? requestedBy, MessagePriority priority, string subject, CancellationToken cancellation)
    {
        var swab = await db.Requests.AsNoTracking().Where(r => r.Id == requestId)
            .Select(r => new { r.FamilyName, r.GivenName, r.GpCode, r.AslCode }).SingleOrDefaultAsync(cancellation);
        if (swab is null)
            return;
        // What nobody's account asked for is the doctor's matter, or the public-health office's.
        var to = requestedBy is { } account ? Recipient.Account(account)
            : swab.GpCode is { } doctor ? Recipient.Of(ScopeKind.GpList, doctor) : Recipient.Of(ScopeKind.Asl, swab.AslCode);
        await mediator.Send(new PostMessage(
            StableId.Of(cause, "requester"), to, "testing.request", priority, subject, [$"{swab.FamilyName} {swab.GivenName}"],
            $"/testing/requests/{requestId}", patientId, "task"), cancellation);
    }
}
