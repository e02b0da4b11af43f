using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Pharmacovigilance;

/// <summary>The reports of the ASL's centres that wait go into a file for the national network of pharmacovigilance, and are marked as sent
/// with it: each report goes once, and the file can be had again.</summary>
/// <returns>The file.</returns>
[Requires(VaccinationModule.MayReport)]
internal sealed record SendAdverseEvents : ICommand<Guid>
{
    /// <summary>Made by the form: sent twice, it is one file.</summary>
    public Guid Id { get; init; }

    public string? Asl { get; init; }

    internal sealed class Validator : AbstractValidator<SendAdverseEvents>
    {
        public Validator() => RuleFor(s => s.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
    }

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<SendAdverseEvents, Guid>
    {
        public Task<Guid> Handle(SendAdverseEvents request, CancellationToken cancellationToken) => db.OnceMore(() => Send(request, cancellationToken));

        private async Task<Guid> Send(SendAdverseEvents request, CancellationToken cancellation)
        {
            if (await db.ReportFiles.Within(ReportFile.Scope, user, VaccinationModule.MayReport).AnyAsync(f => f.Id == request.Id, cancellation))
                return request.Id; // The form came twice.
            var centres = db.Centres.Within(Centre.Scope, user, VaccinationModule.MayReport).Where(c => c.AslCode == request.Asl).Select(c => c.Code);
            if (!await centres.AnyAsync(cancellation))
                throw Refusal.NotFound();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var waiting = db.AdverseEvents.Where(e => e.SentIn == null && db.Doses.Any(d => d.Id == e.DoseId && centres.Contains(d.CentreCode!)));
            // Of two files made at once each report is in one.
            var sent = await waiting.ExecuteUpdateAsync(set => set.SetProperty(e => e.SentIn, request.Id), cancellation);
            // The same form at the same moment: its file is there by now.
            if (sent == 0 && await db.ReportFiles.AnyAsync(f => f.Id == request.Id && f.AslCode == request.Asl, cancellation))
                return request.Id;
            if (sent == 0)
                throw new Refusal("no-reports", "Non c’è nessuna segnalazione da inviare.");
            db.Add(new ReportFile { Id = request.Id, AslCode = request.Asl!, MadeAt = clock.GetUtcNow().UtcDateTime, MadeBy = user.DisplayName, Reports = sent });
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return request.Id;
        }
    }
}
