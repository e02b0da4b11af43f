using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Patients.Openings;

/// <summary>Who opened whom outside her scope, and why: the newest first. For those who watch over privacy, in the whole region.</summary>
[Requires(PatientsModule.WatchOpenings)]
internal sealed record OpeningList(int Page) : IQuery<Listing<OpeningRow>>
{
    internal sealed class Handler(PatientsDb db) : IRequestHandler<OpeningList, Listing<OpeningRow>>
    {
        public Task<Listing<OpeningRow>> Handle(OpeningList request, CancellationToken cancellationToken) => (
            from opening in db.Openings.AsNoTracking()
            join patient in db.Patients on opening.PatientId equals patient.Id
            orderby opening.At descending, opening.Id
            select new OpeningRow(opening, patient.FamilyName + " " + patient.GivenName)).ToListing(request.Page, Listings.DefaultSize, cancellationToken);
    }
}

[Shows(FieldClass.Identity, "Person")]
internal sealed record OpeningRow(Opening Opening, string Person) : IOfPatient
{
    public Guid? PatientOfRow => Opening.PatientId;
}

/// <summary>Ends an opening with the opener's next request.</summary>
[Requires(PatientsModule.WatchOpenings)]
internal sealed record RevokeOpening(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(PatientsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<RevokeOpening, Unit>
    {
        public async Task<Unit> Handle(RevokeOpening request, CancellationToken cancellationToken)
        {
            var opening = await db.Openings.FirstOrDefaultAsync(o => o.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            opening.Revoke(user.DisplayName, clock.GetUtcNow().UtcDateTime);
            db.Audit("write", "patients.RevokeOpening", [opening.PatientId], why: opening.Reason);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
