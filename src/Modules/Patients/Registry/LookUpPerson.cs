using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;

namespace Platform.Patients.Registry;

internal enum LookUp
{
    Found,
    Unknown,

    /// <summary>It does not answer: one goes on by hand.</summary>
    Absent,
}

/// <summary>A person of the regional registry by her code, to fill in the registration.</summary>
[Requires(PatientsModule.Register)]
internal sealed record LookUpPerson(string? Code) : IQuery<LookUpAnswer>
{
    internal sealed class Validator : AbstractValidator<LookUpPerson>
    {
        public Validator() => RuleFor(q => q.Code).Must(c => PersonCode.KindOf(c) is not null).WithMessage("Per cercare nel registro regionale serve il codice, intero.");
    }

    internal sealed class Handler(IRegionalRegistry registry, PatientsDb db) : IRequestHandler<LookUpPerson, LookUpAnswer>
    {
        public async Task<LookUpAnswer> Handle(LookUpPerson request, CancellationToken cancellationToken)
        {
            var code = PersonCode.Tidy(request.Code);
            try
            {
                var person = await registry.Find(code, cancellationToken);
                var known = await db.Patients.Where(p => p.FiscalCode == code).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(cancellationToken);
                return new(person is null ? LookUp.Unknown : LookUp.Found, person, known);
            }
            catch (RegistryAbsent)
            {
                return new(LookUp.Absent, null, null);
            }
        }
    }
}

/// <param name="KnownAs">Her id here, if she is registered: for the audit only.</param>
[Shows(FieldClass.Work)]
internal sealed record LookUpAnswer(LookUp Outcome, RegistryPerson? Person, Guid? KnownAs) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => KnownAs is { } id ? [id] : [];
}
