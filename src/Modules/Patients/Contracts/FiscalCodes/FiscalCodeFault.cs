namespace Platform.Patients.Contracts.FiscalCodes;

/// <summary>Why a text is not a person's codice fiscale, in the order in which it is looked for.</summary>
public enum FiscalCodeFault
{
    None,

    /// <summary>Nothing but spaces.</summary>
    Empty,

    /// <summary>11 digits with a good check digit: a legal person's code, or a provisional one.</summary>
    NumericCode,

    /// <summary>11 digits whose check digit does not agree.</summary>
    NumericCodeMistyped,

    /// <summary>Neither 16 characters nor 11 digits.</summary>
    Length,

    /// <summary>An STP, the health code of a foreigner temporarily present.</summary>
    StpCode,

    /// <summary>An ENI, the health code of a European citizen without cover.</summary>
    EniCode,

    /// <summary>A character of a kind that does not go at <see cref="FiscalCodeReading.Position"/>.</summary>
    CharacterNotAllowed,

    /// <summary>Position 9 is none of A B C D E H L M P R S T.</summary>
    MonthLetter,

    /// <summary>Positions 10-11 are neither 01-31 nor 41-71.</summary>
    Day,

    /// <summary>No such day in that month, in either century.</summary>
    DateDoesNotExist,

    DateInFuture,

    /// <summary>No municipality or state ever had the code at positions 12-15.</summary>
    PlaceUnknown,

    /// <summary>The place did not exist at the date of birth, in either century.</summary>
    PlaceNotAtThatDate,

    /// <summary>Position 16 does not agree with the other fifteen.</summary>
    CheckCharacter,
}
