namespace Platform.BuildingBlocks.Privacy;

/// <summary>A kind of rows that analysts may be given under pseudonyms: plugged in by the module whose they are. Codes and figures alone: no name,
/// no code of a person, no text that somebody typed, no day (a week at most).</summary>
public interface IExtracted
{
    /// <summary>Also the file's name: lower case, one word.</summary>
    string Name { get; }

    /// <summary>Italian, the key of its translation.</summary>
    string Title { get; }

    IReadOnlyList<ExtractedColumn> Columns { get; }

    /// <param name="until">Not included; both UTC.</param>
    IAsyncEnumerable<ExtractedRow> Rows(DateTime from, DateTime until, CancellationToken cancellation);
}

/// <param name="Meaning">Italian, the key of its translation: for the data dictionary.</param>
public sealed record ExtractedColumn(string Name, string Meaning);

/// <param name="Cells">One each of <see cref="IExtracted.Columns"/>. A <see cref="Guid"/> is written as a pseudonym.</param>
public sealed record ExtractedRow(Guid PatientId, IReadOnlyList<object?> Cells);

/// <summary>What an extraction may say of people: plugged in by the registry. The extraction makes it coarser before anybody sees it.</summary>
public interface IPersonTraits
{
    Task<IReadOnlyList<PersonTraits>> Of(IReadOnlyList<Guid> ids, CancellationToken cancellation);
}

/// <param name="Municipality">Of residence, ISTAT six digits.</param>
public sealed record PersonTraits(Guid Id, DateOnly BirthDate, string Sex, string Municipality, string Asl);

public static class Weeks
{
    /// <summary>The Monday of its week.</summary>
    public static DateOnly Of(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
