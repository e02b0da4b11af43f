using System.Globalization;
using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking;

/// <summary>The words for the module's enums: Italian, keys of their translations.</summary>
internal static class Words
{
    public static string Of(CampaignState state) => state switch
    {
        CampaignState.Draft => "In preparazione",
        CampaignState.Open => "Aperta",
        CampaignState.Suspended => "Sospesa",
        _ => "Chiusa",
    };

    public static StateKind KindOf(CampaignState state) => state switch
    {
        CampaignState.Draft => StateKind.Neutral,
        CampaignState.Open => StateKind.Done,
        CampaignState.Suspended => StateKind.Warning,
        _ => StateKind.Stopped,
    };

    public static string Of(CentreKind kind) => kind switch
    {
        CentreKind.Hub => "Centro vaccinale",
        CentreKind.Hospital => "Ospedale",
        CentreKind.Pharmacy => "Farmacia",
        CentreKind.Doctor => "Studio medico",
        CentreKind.MobileTeam => "Squadra mobile",
        _ => "Visite a domicilio",
    };

    public static string Of(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day);
}
