using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Schools.ClassTests;

/// <summary>The test of a class that a decision wants, T0 or T5: where and when its people are expected.</summary>
[Shows(FieldClass.Work)]
internal sealed class ClassTest
{
    public static readonly ScopeRule<ClassTest> Scope = new ScopeRule<ClassTest>().By(ScopeKind.Asl, t => t.AslCode);

    public const int CodeLength = 10;

    public required Guid Id { get; init; }

    /// <summary>The decision.</summary>
    public required Guid StandingId { get; init; }

    /// <summary>As the rule set calls it: <c>T0</c>.</summary>
    public required string Test { get; init; }

    public required string AslCode { get; init; }
    public required TestType TestType { get; set; }
    public required string Hotspot { get; set; }

    /// <summary>Name and address, as letters have it.</summary>
    public required string Place { get; set; }

    /// <summary>The hotspot's people come to the school.</summary>
    public required bool AtSchool { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime From { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime To { get; set; }

    public required int PerQuarter { get; set; }
    public required string AskedBy { get; set; }

    public GroupPlace Where => new(Hotspot, From, To, AtSchool ? Place : null, PerQuarter);
}

/// <summary>Somebody whom a decision wants tested.</summary>
[Shows(FieldClass.Result, "Clear")]
[Shows(FieldClass.Work, "Test", "StartsAt", "Why", "ResultAt", "Place")]
internal sealed class TestedPerson : IOfPatient
{
    public required Guid Id { get; init; }
    public required Guid TestId { get; init; }
    public required Guid StandingId { get; init; }

    /// <inheritdoc cref="ClassTest.Test"/>
    public required string Test { get; init; }

    public required Guid PatientId { get; set; }

    /// <summary>Of Testing; null until the test before it has its result.</summary>
    public Guid? RequestId { get; private set; }

    public string? Place { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime? StartsAt { get; private set; }

    public WithoutPlace? Why { get; private set; }

    /// <summary>UTC; when its result became known.</summary>
    public DateTime? ResultAt { get; private set; }

    /// <summary>The result lets her return: negative, and nothing else.</summary>
    public bool? Clear { get; private set; }

    /// <summary>The report or the quick swab that has the result.</summary>
    public Guid? FoundBy { get; private set; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    /// <param name="at">Of the hotspot.</param>
    public void Take(PlacedSwab placed, string at) =>
        (RequestId, StartsAt, Why, Place) = (placed.RequestId, placed.StartsAt, placed.Why, placed.StartsAt is null ? null : at);

    public void Found(Guid by, bool clear, DateTime at) => (FoundBy, Clear, ResultAt) = (by, clear, at);

    /// <summary>The report was annulled, or says nothing: it waits again.</summary>
    public void Lost() => (FoundBy, Clear, ResultAt) = (null, null, null);
}
