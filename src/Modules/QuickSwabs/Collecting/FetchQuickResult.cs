using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Collecting;

/// <summary>A citizen fetches the result of her quick swab with the code on her sheet and her birth date. Whatever is wrong, the answer and the work done for it
/// are the same.</summary>
[OpenToAll("The result is given to who has the code, which cannot be guessed, and knows the birth date; attempts are counted.")]
internal sealed record FetchQuickResult : ICommand<FetchedQuickResult>
{
    public string? Code { get; init; }
    public DateOnly? BirthDate { get; init; }

    /// <summary>Network address, set by the page.</summary>
    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<FetchQuickResult>
    {
        public Validator()
        {
            RuleFor(f => f.Code).NotEmpty().WithMessage("Scriva il codice che trova sul suo foglio.").MaximumLength(80).WithMessage("Il codice è troppo lungo.");
            RuleFor(f => f.BirthDate).NotNull().WithMessage("Indichi la data di nascita.");
        }
    }

    internal sealed class Handler(QuickSwabsDb db, AttemptGuard guard, CollectionTicket tickets, TimeProvider clock) : IRequestHandler<FetchQuickResult, FetchedQuickResult>
    {
        public async Task<FetchedQuickResult> Handle(FetchQuickResult request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var hash = CollectionCode.HashOf(request.Code);
            var (address, typed) = ($"address:{request.Address}", $"code:{hash}");
            // Both are counted, always: how long the answer takes says nothing.
            var (mayAddress, mayCode) = (await guard.Take(address, AttemptGuard.OfAddress, cancellationToken), await guard.Take(typed, AttemptGuard.OfCode, cancellationToken));
            if (!mayAddress || !mayCode)
                throw new Refusal("too-many-attempts", "Troppi tentativi: per sicurezza attenda un'ora e riprovi.") { Kind = RefusalKind.TooMany };
            var code = await db.Codes.AsNoTracking().SingleOrDefaultAsync(c => c.Hash == hash, cancellationToken);
            var id = code?.SwabId ?? Guid.Empty;
            var swab = await db.Swabs.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
            var right = code is not null && code.ExpiresAt > now && swab?.BirthDate is not null && swab.BirthDate == request.BirthDate;
            if (swab is not null)
                db.Tell(new PersonDataTouched(right ? "read" : "refused", "quickswabs.FetchQuickResult", swab.PatientId is { } patient ? [patient] : [], swab.PatientId is null ? [swab.Id] : [], "citizen", request.Address, System.Diagnostics.Activity.Current?.TraceId.ToString()));
            await db.SaveChangesAsync(cancellationToken);
            if (!right)
                throw new Refusal("not-recognised", "Il codice o la data di nascita non sono giusti, oppure l'esito non è più in linea. Li riscriva come sono sul foglio.") { Kind = RefusalKind.Unprocessable };
            await guard.Forgive(address, cancellationToken);
            await guard.Forgive(typed, cancellationToken);
            return new(swab!.GivenName!, swab.State, swab.Result, swab.Meaning, swab.CollectedAt, swab.ReadableAt, swab.PointCode, swab.State == QuickSwabState.Running ? null : tickets.For(swab.Id, now));
        }
    }
}

/// <param name="Ticket">With which the slip is asked for in the next minutes; null while there is no result.</param>
internal sealed record FetchedQuickResult(
    string GivenName, QuickSwabState State, QuickSwabResult? Result, PositiveMeaning? Meaning, DateTime CollectedAt, DateTime ReadableAt, string PointCode, string? Ticket);

/// <summary>Says, sealed with the installation's own keys, that somebody has just shown code and birth date for a test.</summary>
internal sealed class CollectionTicket(FieldKeys keys)
{
    private const string Place = "quickswabs.ticket";
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(20);

    public string For(Guid swab, DateTime now) => keys.Seal($"{swab:N}|{(now + Valid).Ticks}", Place);

    /// <returns>Null when it is not ours, or too old.</returns>
    public Guid? Open(string? ticket, DateTime now) =>
        keys.TryOpen(ticket, Place)?.Split('|') is [var swab, var until] && long.Parse(until, System.Globalization.CultureInfo.InvariantCulture) > now.Ticks ? Guid.Parse(swab) : null;
}

/// <summary>The slip of a test for which somebody has just shown code and birth date.</summary>
[OpenToAll("The ticket is given to who has shown code and birth date, and holds for minutes.")]
internal sealed record FetchedSlip(string? Ticket) : IQuery<FetchedSlipAnswer>
{
    internal sealed class Handler(QuickSwabsDb db, CollectionTicket tickets, TimeProvider clock) : IRequestHandler<FetchedSlip, FetchedSlipAnswer>
    {
        public async Task<FetchedSlipAnswer> Handle(FetchedSlip request, CancellationToken cancellationToken)
        {
            var id = tickets.Open(request.Ticket, clock.GetUtcNow().UtcDateTime) ?? throw Refusal.NotFound();
            return new(await db.Swabs.AsNoTracking().Include(s => s.Versions).SingleOrDefaultAsync(s => s.Id == id && s.PatientId != null, cancellationToken) ?? throw Refusal.NotFound());
        }
    }
}

[BuildingBlocks.Security.Fields.Shows(BuildingBlocks.Security.Fields.FieldClass.Work)]
internal sealed record FetchedSlipAnswer(QuickSwab Swab) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Swab.PatientId is { } patient ? [patient] : [];
}
