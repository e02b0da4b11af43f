using System.Security.Cryptography;
using System.Text;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.Register;

namespace Platform.Schools.Sentinels;

/// <summary>A sample of the classes of an ASL, tested where nobody is ill, to see how much the virus goes about.</summary>
[Shows(FieldClass.Work)]
internal sealed class SentinelRound
{
    public static readonly ScopeRule<SentinelRound> Scope = new ScopeRule<SentinelRound>().By(ScopeKind.Asl, r => r.AslCode);

    public const int NameLength = 120;
    public const int SeedLength = 40;

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string AslCode { get; init; }

    /// <summary>Null for all orders of school.</summary>
    public SchoolLevel? Level { get; init; }

    /// <summary>In which the school year begins.</summary>
    public required int Year { get; init; }

    /// <summary>What the draw follows from: with the same classes it draws the same.</summary>
    public required string Seed { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>The last day for a family's answer.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>Classes among which was drawn.</summary>
    public required int Among { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime DrawnAt { get; init; }

    public required string DrawnBy { get; init; }

    /// <summary>The classes in the order of the SHA-256 of the seed, a vertical bar, and the class's key in the ministry's columns
    /// (<c>school|grade|section|course</c>): anybody who has the register and the seed can draw again and compare.</summary>
    public static IEnumerable<SchoolClass> Draw(IEnumerable<SchoolClass> classes, string seed, int number) =>
        classes.Select(c => (Class: c, Place: Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{c.SchoolCode}|{c.Grade}|{c.Section}|{c.Course}")))))
            .OrderBy(c => c.Place, StringComparer.Ordinal).Take(number).Select(c => c.Class);
}

/// <summary>A class that was drawn.</summary>
[Shows(FieldClass.Work)]
internal sealed class SentinelClass
{
    public required Guid RoundId { get; init; }
    public required Guid ClassId { get; init; }

    /// <summary>From 1, as drawn.</summary>
    public required int Number { get; init; }

    public required string ClassName { get; init; }
    public required string SchoolCode { get; init; }
    public required string SchoolName { get; init; }

    /// <summary>Swabs that have a place.</summary>
    public int Placed { get; set; }
}
