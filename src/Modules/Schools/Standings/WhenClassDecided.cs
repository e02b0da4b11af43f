using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Schools.Cases;
using Platform.Schools.Contracts;

namespace Platform.Schools.Standings;

/// <summary>The ASL has decided: the school learns how lessons are held. A decision for no measure ends what stood before.</summary>
internal sealed class WhenClassDecided(SchoolsDb db, Effects effects) : IReaction<ClassDecided>
{
    public async Task React(Told<ClassDecided> told, CancellationToken cancellation)
    {
        var decision = await db.Decisions.AsNoTracking().Include(d => d.People).SingleOrDefaultAsync(d => d.Id == told.Event.DecisionId, cancellation);
        if (decision is not { State: DecisionState.Holds })
            return;
        if (decision.Measure == ClassMeasure.None && decision.People.All(p => p.Kind == MeasureKind.None))
        {
            await effects.End(decision.CaseId, told.At, cancellation);
            return;
        }

        var of = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == decision.CaseId, cancellation);
        await effects.Take(new(new()
        {
            Id = decision.Id, CaseId = of.Id, ClassId = of.ClassId, ClassName = of.ClassName, SchoolCode = of.SchoolCode, SchoolName = of.SchoolName, InstituteCode = of.InstituteCode,
            AslCode = of.AslCode, MunicipalityIstat = of.MunicipalityIstat, Level = of.Level, From = decision.From, Until = decision.Until, DecidedAt = decision.DecidedAt,
            Mode = decision.Measure switch { ClassMeasure.Distance => ClassMode.Distance, ClassMeasure.Suspended => ClassMode.Suspended, _ => ClassMode.Presence },
        }, decision.People), cancellation);
    }
}

/// <summary>The decision lost its ground.</summary>
internal sealed class WhenDecisionReopened(Effects effects) : IReaction<DecisionReopened>
{
    public Task React(Told<DecisionReopened> told, CancellationToken cancellation) => effects.Revoke(told.Event.DecisionId, told.Event.At, cancellation);
}

internal sealed class WhenSchoolCaseEnded(Effects effects) : IReaction<SchoolCaseEnded>
{
    public Task React(Told<SchoolCaseEnded> told, CancellationToken cancellation) => effects.End(told.Event.CaseId, told.Event.At, cancellation);
}
