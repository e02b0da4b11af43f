using Platform.BuildingBlocks.Failures;

namespace Platform.Patients.Doctors;

/// <summary>A general practitioner (MMG) or a paediatrician of free choice (PLS), with a list of limited size.</summary>
internal sealed class Doctor
{
    public const int CodeLength = 20;

    /// <summary>Massimale: ACN medicina generale 23 marzo 2005, art. 39.</summary>
    public const int GpListLimit = 1500;

    /// <summary>Massimale as agreed with the region; ACN pediatria 15 dicembre 2005, art. 38, has 800 and lets regions go beyond.</summary>
    public const int PaediatricListLimit = 1000;

    /// <summary>ACN pediatria 15 dicembre 2005, art. 39: children up to their fourteenth birthday.</summary>
    public const int AdultForPaediatrician = 14;

    private Doctor()
    {
    }

    public Doctor(string code) => Code = code;

    /// <summary>Regional code.</summary>
    public string Code { get; private init; } = "";

    public string? FiscalCode { get; set; }
    public string FamilyName { get; set; } = "";
    public string GivenName { get; set; } = "";
    public bool Paediatrician { get; set; }
    public string AslCode { get; set; } = "";
    public string MunicipalityIstat { get; set; } = "";
    public string? Email { get; set; }

    /// <summary>How many people the list may have.</summary>
    public int ListLimit { get; set; }

    /// <summary>Last day of service; null while none is set.</summary>
    public DateOnly? EndsOn { get; set; }

    /// <summary>Counts the assignments made: who changes it holds the list, and nobody else can, until the save.</summary>
    public int Turns { get; set; }

    public void CheckMayTake(DateOnly birthDate, DateOnly from, int onList)
    {
        if (Paediatrician && birthDate.AddYears(AdultForPaediatrician) <= from)
            throw new Refusal("too-old-for-paediatrician", "Il pediatra assiste fino al compimento dei {0} anni: scelga un medico di medicina generale.", AdultForPaediatrician);
        if (EndsOn < from)
            throw new Refusal("doctor-ends", "Questo medico cessa il {0}: scelga un altro medico.", Words.Day(EndsOn.Value));
        if (onList >= ListLimit)
            throw new Refusal("list-full", "La lista di questo medico è completa: il massimale è di {0} assistiti.", ListLimit);
    }
}
