namespace Platform.Patients.Contracts.FiscalCodes;

/// <summary>
/// What a text says when read as a codice fiscale. Made only by <see cref="FiscalCode.Read"/>.
/// Sex, dates and place are null unless <see cref="Valid"/>.
/// </summary>
public sealed record FiscalCodeReading
{
    internal FiscalCodeReading(string code) => Code = code;

    public bool Valid => Reason == FiscalCodeFault.None;

    /// <summary>The text in upper case without spaces; 16 characters when valid, anything otherwise.</summary>
    public string Code { get; }

    public FiscalCodeFault Reason { get; internal init; }

    /// <summary>The first character at fault, counted from 1; null when the fault is of the whole text.</summary>
    public int? Position { get; internal init; }

    public Sex? Sex { get; internal init; }

    /// <summary>The latest date, not in the future, that the two-digit year can mean and at which the place existed.</summary>
    public DateOnly? BirthDate { get; internal init; }

    /// <summary>The date a century before, when the place existed then too: some people are over 100. Null when there is none.</summary>
    public DateOnly? OtherBirthDate { get; internal init; }

    public BirthPlace? BirthPlace { get; internal init; }

    /// <summary>Whether letters stand for some of the digits, to tell this person from another with the same code.</summary>
    public bool IsOmocodia { get; internal init; }

    internal DateOnly? RefusedDate { get; init; }

    internal BirthPlace? RefusedPlace { get; init; }

    /// <summary>The outcome without the code or the person: a reading may end up in a log.</summary>
    public override string ToString() => Position is null
        ? $"{nameof(FiscalCodeReading)} {Reason}"
        : $"{nameof(FiscalCodeReading)} {Reason} at {Position}";
}
