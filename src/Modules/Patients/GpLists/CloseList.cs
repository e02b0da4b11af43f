using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.GpLists;

/// <summary>A doctor retires or leaves: after that day the list is empty and takes nobody. Whoever is on it is without a
/// doctor from the day after (<see cref="ApplyGpLists"/>) unless the ASL has put her on another list before.</summary>
[Requires(PatientsModule.AssignDoctors)]
internal sealed record CloseList : ICommand<int>
{
    public string? Code { get; init; }
    public DateOnly? LastDay { get; init; }

    internal sealed class Validator : AbstractValidator<CloseList>
    {
        public Validator(Region region, TimeProvider clock) =>
            RuleFor(c => c.LastDay).Must(d => d >= region.DayOf(clock.GetUtcNow())).WithMessage("L'ultimo giorno è oggi o più avanti.");
    }

    /// <returns>How many people will be without a doctor.</returns>
    internal sealed class Handler(PatientsDb db, ICurrentUser user) : IRequestHandler<CloseList, int>
    {
        public async Task<int> Handle(CloseList request, CancellationToken cancellationToken)
        {
            var lastDay = request.LastDay!.Value;
            var asls = user.ScopesOf(PatientsModule.AssignDoctors).Where(s => s.Kind == ScopeKind.Asl).Select(s => s.Code).ToList();
            await using var whole = await db.Database.BeginTransactionAsync(cancellationToken);
            // The same turn as those who put people on the list: nobody slips in meanwhile.
            var mine = await db.Doctors.Where(d => d.Code == request.Code && asls.Contains(d.AslCode))
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.Turns, d => d.Turns + 1).SetProperty(d => d.EndsOn, lastDay), cancellationToken);
            if (mine == 0)
                throw Refusal.NotFound();
            var beyond = await db.GpAssignments.Where(a => a.DoctorCode == request.Code && (a.ValidTo == null || a.ValidTo > lastDay)).ToListAsync(cancellationToken);
            foreach (var assignment in beyond)
                assignment.EndOn(assignment.ValidFrom > lastDay ? assignment.ValidFrom.AddDays(-1) : lastDay);
            await db.SaveChangesAsync(cancellationToken);
            await whole.CommitAsync(cancellationToken);
            return beyond.Count;
        }
    }
}
