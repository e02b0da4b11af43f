using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Collecting;

/// <summary>A citizen fetches the result of her quick swab with the code on her sheet and her birth date. Whatever is wrong, the answer and the work done for it
/// are the same.</summary>
[OpenToAll("The result is given to who has the code, which cannot be guessed, and knows the birth date; attempts are counted.")]
internal sealed record FetchQuickResult : Fetch, ICommand<FetchedQuickResult>
{
    /// <summary>Of its tickets.</summary>
    public const string Kind = "quickswabs.slip";

    public DateOnly? BirthDate { get; init; }

    internal sealed class Validator : FetchValidator<FetchQuickResult>
    {
        public Validator() => RuleFor(f => f.BirthDate).NotNull().WithMessage("Indichi la data di nascita.");
    }

    internal sealed class Handler(QuickSwabsDb db, CollectionGuard guard, CollectionTickets tickets, TimeProvider clock) : IRequestHandler<FetchQuickResult, FetchedQuickResult>
    {
        public async Task<FetchedQuickResult> Handle(FetchQuickResult request, CancellationToken cancellationToken)
        {
            var hash = CollectionCodes.HashOf(request.Code);
            var attempt = await guard.Begin(db, "quickswabs.FetchQuickResult", request.Address, hash, cancellationToken);
            var code = await db.Codes.AsNoTracking().SingleOrDefaultAsync(c => c.Hash == hash, cancellationToken);
            var id = code?.SwabId ?? Guid.Empty;
            var swab = await db.Swabs.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
            var right = code is not null && code.ExpiresAt > clock.GetUtcNow().UtcDateTime && swab?.BirthDate is not null && swab.BirthDate == request.BirthDate;
            if (swab is not null)
                attempt.Tell(right, swab.PatientId, swab.Id);
            await db.SaveChangesAsync(cancellationToken);
            if (!right)
                throw new Refusal("not-recognised", "Il codice o la data di nascita non sono giusti, oppure l'esito non è più in linea. Li riscriva come sono sul foglio.") { Kind = RefusalKind.Unprocessable };
            await attempt.Forgive(cancellationToken);
            return new(swab!.GivenName!, swab.State, swab.Result, swab.Meaning, swab.CollectedAt, swab.ReadableAt, swab.PointCode, swab.State == QuickSwabState.Running ? null : tickets.For(Kind, swab.Id));
        }
    }
}

/// <param name="Ticket">With which the slip is asked for in the next minutes; null while there is no result.</param>
internal sealed record FetchedQuickResult(
    string GivenName, QuickSwabState State, QuickSwabResult? Result, PositiveMeaning? Meaning, DateTime CollectedAt, DateTime ReadableAt, string PointCode, string? Ticket) : IFetched;

/// <summary>The slip of a test for which somebody has just shown code and birth date.</summary>
[OpenToAll("The ticket is given to who has shown code and birth date, and holds for minutes.")]
internal sealed record FetchedSlip(string? Ticket) : IQuery<FetchedSlipAnswer>
{
    internal sealed class Handler(QuickSwabsDb db, CollectionTickets tickets) : IRequestHandler<FetchedSlip, FetchedSlipAnswer>
    {
        public async Task<FetchedSlipAnswer> Handle(FetchedSlip request, CancellationToken cancellationToken)
        {
            var id = tickets.Open(FetchQuickResult.Kind, request.Ticket) ?? throw Refusal.NotFound();
            return new(await db.Swabs.AsNoTracking().Include(s => s.Versions).SingleOrDefaultAsync(s => s.Id == id && s.PatientId != null, cancellationToken) ?? throw Refusal.NotFound());
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record FetchedSlipAnswer(QuickSwab Swab) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Swab.PatientId is { } patient ? [patient] : [];
}
