using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Schools.Register;

/// <summary>A class that the ministry's file does not have: nursery schools have none there. Twice is once.</summary>
[Requires(SchoolsModule.MayKeepLists)]
internal sealed record AddClass : ICommand<Guid>
{
    public string SchoolCode { get; init; } = "";
    public int? Grade { get; init; }
    public string? Section { get; init; }
    public string? Course { get; init; }

    internal sealed class Validator : AbstractValidator<AddClass>
    {
        public Validator()
        {
            RuleFor(c => c.Grade).NotNull().WithMessage("Scriva l’anno di corso.");
            RuleFor(c => c.Grade).InclusiveBetween(1, 6).WithMessage("L’anno di corso va da 1 a 6.");
            RuleFor(c => c.Section).NotEmpty().WithMessage("Scriva la sezione.").MaximumLength(SchoolClass.SectionLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.Course).MaximumLength(SchoolClass.CourseLength).WithMessage("Il testo è troppo lungo.");
        }
    }

    internal sealed class Handler(SchoolsDb db, ICurrentUser user) : IRequestHandler<AddClass, Guid>
    {
        public async Task<Guid> Handle(AddClass request, CancellationToken cancellationToken)
        {
            var school = await db.Schools.Within(School.Scope, user, SchoolsModule.MayKeepLists).SingleOrDefaultAsync(s => s.Code == request.SchoolCode, cancellationToken) ?? throw Refusal.NotFound();
            if (school.ClosedOn is not null)
                throw new Refusal("school-closed", "La scuola è chiusa: nulla di nuovo può essere registrato per lei.");
            if (school.Level == SchoolLevel.Seat || request.Grade > school.Level.LastGrade())
                throw new Refusal("no-such-grade", "Questa scuola non ha quell’anno di corso.") { Kind = RefusalKind.Unprocessable };
            var of = ClassesImport.Of(school, await db.CurrentYear(school.Code, cancellationToken), request.Grade!.Value, request.Section!.Trim().ToUpperInvariant(), request.Course?.Trim() ?? "");
            if (await db.Classes.FirstOrDefaultAsync(c => c.Id == of.Id, cancellationToken) is { } present)
                present.ClosedOn = null;
            else
                db.Classes.Add(of);
            await db.SaveChangesAsync(cancellationToken);
            return of.Id;
        }
    }
}
