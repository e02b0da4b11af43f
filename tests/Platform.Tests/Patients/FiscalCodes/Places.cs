using System.Text;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Tests.Patients.FiscalCodes;

/// <summary>A small register of places of birth, and the day on which the tests are read.</summary>
internal static class Places
{
    public const string Header = "belfiore,name,province_or_country,valid_from,valid_to\n";

    public static readonly DateOnly Today = new(2021, 6, 15);

    /// <summary>X000 and the others in X are invented: one life each, with the ends that the tests are about.</summary>
    public static readonly BirthPlaces Register = Load(Header + """
        A562,SAN GIULIANO TERME,PI,,
        D969,GENOVA,GE,,
        F205,MILANO,MI,,
        H501,ROMA,RM,,
        L219,TORINO,TO,,
        Z112,GERMANIA,GERMANIA,,
        Z127,POLONIA,POLONIA,,
        Z330,MAROCCO,MAROCCO,,
        X000,BORGO BREVE,TO,1950-03-10,1985-09-20
        X001,BORGO VECCHIO,TO,,1930-12-31
        X002,BORGO NUOVO,RM,2000-01-01,
        X003,BORGO INTERROTTO,,1861-03-17,1927-12-31
        X003,BORGO INTERROTTO,,1947-01-01,
        """);

    public static readonly string[] AlwaysThere = ["A562", "D969", "F205", "H501", "L219", "Z112", "Z127", "Z330"];

    public static BirthPlaces Load(string csv)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        return BirthPlaces.Load(stream);
    }

    public static FiscalCodeReading Read(string? text) => FiscalCode.Read(text, Register, Today);

    /// <summary>Fifteen characters and the check character that they ask for.</summary>
    public static string Closed(string first15) => first15 + FiscalCode.CheckCharacter(first15);
}
