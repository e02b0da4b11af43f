using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.Figures;
using Platform.Schools.Register;

namespace Platform.Schools.Standings;

internal enum ClassMode
{
    /// <summary>Lessons go on in the classroom; some may be at home.</summary>
    Presence,

    /// <summary>Nobody comes: lessons are at a distance.</summary>
    Distance,

    /// <summary>Of a nursery, which cannot teach at a distance.</summary>
    Suspended,
}

internal enum StandingEnd
{
    /// <summary>Its days are over: everybody is expected in the classroom again.</summary>
    Returned,

    /// <summary>Another decision on the same class has taken its place.</summary>
    Replaced,

    /// <summary>What it stood on turned out wrong.</summary>
    Withdrawn,
}

/// <summary>What was decided on a class, as its school may know it: how lessons are held, from when to when. Nothing of whom it is about
/// and why.</summary>
[Shows(FieldClass.Work)]
internal sealed class ClassStanding : IVersioned, IPlaced
{
    public static readonly ScopeRule<ClassStanding> Scope = new ScopeRule<ClassStanding>()
        .By(ScopeKind.Asl, s => s.AslCode)
        .When(ScopeKind.School, (s, code) => s.SchoolCode == code || s.InstituteCode == code);

    public const int PersonLength = 120;

    /// <summary>The decision's.</summary>
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }
    public required Guid ClassId { get; init; }
    public required string ClassName { get; init; }
    public required string SchoolCode { get; init; }
    public required string SchoolName { get; init; }
    public string? InstituteCode { get; init; }
    public required string AslCode { get; init; }
    public required string MunicipalityIstat { get; init; }
    public required SchoolLevel Level { get; init; }
    public required ClassMode Mode { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime DecidedAt { get; init; }

    public StandingEnd? End { get; private set; }

    /// <summary>The first day on which it holds no more.</summary>
    public DateOnly? EndedOn { get; private set; }

    public int Version { get; set; }

    public bool Stands => End is null;

    /// <summary>How lessons are held on that day.</summary>
    public bool HoldsOn(DateOnly day) => From <= day && day <= LastDay;

    /// <summary>Before it began it may have been taken back: then it has no day.</summary>
    public DateOnly LastDay => EndedOn is { } ended && ended <= Until ? ended.AddDays(-1) : Until;

    /// <exception cref="Refusal"><c>standing-ended</c>.</exception>
    public void Finish(StandingEnd how, DateOnly on)
    {
        if (End is not null)
            throw new Refusal("standing-ended", "Questa misura della classe è già finita.");
        (End, EndedOn) = (how, on);
    }
}
