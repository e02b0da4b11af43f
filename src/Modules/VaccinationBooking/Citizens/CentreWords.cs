using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

internal static class CentreWords
{
    public static string Of(CentreKind kind) => kind switch
    {
        CentreKind.Hub => "Centro vaccinale",
        CentreKind.Hospital => "Ospedale",
        CentreKind.Pharmacy => "Farmacia",
        CentreKind.Doctor => "Studio medico",
        CentreKind.MobileTeam => "Unità mobile",
        _ => "A domicilio",
    };
}
