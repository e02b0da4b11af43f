using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Patients.People;

namespace Platform.Patients.Openings;

/// <summary>Where somebody is, seen from the asker, who has her whole codice fiscale before her: within the scope, outside it, or nowhere.
/// No name, no part of a code finds anybody here.</summary>
[Requires(PatientsModule.OpenOutside)]
internal sealed record PersonByWholeCode(string? FiscalCode) : IQuery<PersonByWholeCodeAnswer>
{
    internal sealed class Validator : AbstractValidator<PersonByWholeCode>
    {
        public Validator() => RuleFor(q => q.FiscalCode).MustBeWhole();
    }

    internal sealed class Handler(PatientsDb db, ICurrentUser user, OpeningPace pace) : IRequestHandler<PersonByWholeCode, PersonByWholeCodeAnswer>
    {
        public async Task<PersonByWholeCodeAnswer> Handle(PersonByWholeCode request, CancellationToken cancellationToken)
        {
            pace.Take(user.Id);
            var patient = await db.OfWholeCode(request.FiscalCode!, cancellationToken);
            return new(patient?.Id, patient is not null && await db.Patients.Within(Patient.Reading, user, PatientsModule.Read).AnyAsync(p => p.Id == patient.Id, cancellationToken));
        }
    }
}

/// <param name="Seen">She is within the asker's scope, or opened already.</param>
[Shows(FieldClass.Work)]
internal sealed record PersonByWholeCodeAnswer(Guid? PatientId, bool Seen) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => PatientId is { } id ? [id] : [];
}

/// <summary>Opens a person outside the asker's scope, for a reason: her page, her swabs and her reports, for reading, for that account, for
/// as long as the region says. Those who watch over privacy are told at once.</summary>
[Requires(PatientsModule.OpenOutside)]
internal sealed record OpenOutside : ICommand<Guid>
{
    /// <summary>Made by the form: sent twice, it opens once.</summary>
    public Guid Id { get; init; }

    public string? FiscalCode { get; init; }

    /// <summary>Code of the region's list.</summary>
    public string? Reason { get; init; }

    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<OpenOutside>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Il modulo è incompleto: ricarichi la pagina.");
            RuleFor(c => c.FiscalCode).MustBeWhole();
            RuleFor(c => c.Reason).Must(code => region.Glass.ReasonsOn(region.DayOf(clock.GetUtcNow())).Any(r => r.Code == code)).WithMessage("Scelga il motivo.");
            RuleFor(c => c.Note).Must(n => Words.Tidy(n) is { Length: >= 10 and <= Opening.NoteLength })
                .WithMessage("Scriva in breve perché deve aprire questa persona, da 10 a 200 caratteri.");
        }
    }

    internal sealed class Handler(PatientsDb db, ICurrentUser user, OpeningPace pace, ScopeNames names, Region region, TimeProvider clock) : IRequestHandler<OpenOutside, Guid>
    {
        public async Task<Guid> Handle(OpenOutside request, CancellationToken cancellationToken)
        {
            pace.Take(user.Id);
            var (now, by) = (clock.GetUtcNow(), user.Id ?? throw Refusal.Forbidden());
            var today = region.DayOf(now);
            var time = region.Glass.TimeOf(user.Assignments.Select(a => a.Role), today) ?? throw Refusal.Forbidden();
            var patient = await db.OfWholeCode(request.FiscalCode!, cancellationToken) ?? throw Refusal.NotFound();
            // Within the scope there is nothing to open.
            if (await db.Patients.Within(Patient.Reading, user, PatientsModule.Read).AnyAsync(p => p.Id == patient.Id, cancellationToken)
                || await db.Openings.AnyAsync(o => o.Id == request.Id && o.ById == by && o.PatientId == patient.Id, cancellationToken))
                return patient.Id;

            // Kept as the region calls it, whatever the reader's language.
            var reason = $"{region.Glass.ReasonsOn(today).First(r => r.Code == request.Reason).NameIt}: {Words.Tidy(request.Note)}";
            var roles = string.Join("; ", user.Assignments.Select(a => $"{names.Of(a.Role)}, {names.Of(a.Scope)}").Distinct());
            var opening = new Opening
            {
                Id = request.Id, PatientId = patient.Id, ById = by, ByName = user.DisplayName, Reason = reason,
                ByRoles = roles.Length > Opening.RolesLength ? roles[..Opening.RolesLength] : roles,
                At = now.UtcDateTime, Until = now.UtcDateTime + time,
            };
            db.Openings.Add(opening);
            db.Audit("open", "patients.OpenOutside", [patient.Id], why: reason);
            db.Tell(new PersonOpened(opening.Id, patient.Id, user.DisplayName, reason, opening.Until));
            await db.SaveChangesAsync(cancellationToken);
            return patient.Id;
        }
    }
}

internal static class WholeCodes
{
    public static IRuleBuilderOptions<T, string?> MustBeWhole<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(code => PersonCode.KindOf(code) == IdentityKind.FiscalCode).WithMessage("Scriva il codice fiscale intero, 16 caratteri.");

    public static Task<Patient?> OfWholeCode(this PatientsDb db, string code, CancellationToken cancellation)
    {
        var whole = PersonCode.Tidy(code);
        return db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.FiscalCode == whole, cancellation);
    }
}
