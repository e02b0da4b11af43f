using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Defence;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Stock;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.VaccinationBooking;

/// <summary>The words for the module's enums: Italian, keys of their translations.</summary>
internal static class Words
{
    /// <summary>The region's own code for it, as the beginning of a line.</summary>
    public static string OfDisease(string code) => char.ToUpperInvariant(code[0]) + code[1..];

    public static string Of(CampaignState state) => state switch
    {
        CampaignState.Draft => "In allestimento",
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

    public static string Of(BotDefence defence) => defence switch
    {
        BotDefence.ByLoad => "Quando le richieste sono molte",
        _ => "Sempre",
    };

    public static string Of(GroupDoses doses) => doses switch
    {
        GroupDoses.FirstCourse => "Il primo ciclo",
        GroupDoses.Boosters => "I richiami",
        _ => "Ogni dose che spetta",
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

    public static string Of(StockMoveKind kind) => kind switch
    {
        StockMoveKind.Delivery => "Consegna",
        StockMoveKind.Correction => "Correzione",
        StockMoveKind.Given => "Somministrate",
        _ => "Scarto",
    };

    public static string Of(ArrivalState state) => state switch
    {
        ArrivalState.Waiting => "In attesa",
        ArrivalState.Fit => "Può ricevere la dose",
        ArrivalState.SentHome => "Non vaccinata oggi",
        _ => "Vaccinata",
    };

    public static StateKind KindOf(ArrivalState state) => state switch
    {
        ArrivalState.Waiting => StateKind.Waiting,
        ArrivalState.Fit => StateKind.Neutral,
        ArrivalState.SentHome => StateKind.Stopped,
        _ => StateKind.Done,
    };

    public static string Of(AppointmentState state) => state switch
    {
        AppointmentState.Booked => "Prenotata",
        AppointmentState.CheckedIn => "Arrivata",
        AppointmentState.Done => "Vaccinata",
        AppointmentState.NoShow => "Non presentata",
        _ => "Annullata",
    };

    public static StateKind KindOf(AppointmentState state) => state switch
    {
        AppointmentState.Booked => StateKind.Waiting,
        AppointmentState.CheckedIn => StateKind.Neutral,
        AppointmentState.Done => StateKind.Done,
        AppointmentState.NoShow => StateKind.Warning,
        _ => StateKind.Stopped,
    };

    public static string Of(DoseKind kind) => kind switch
    {
        DoseKind.First => "Prima dose",
        DoseKind.Second => "Seconda dose",
        DoseKind.AfterInfection => "Dose unica dopo l’infezione",
        DoseKind.Booster => "Richiamo",
        DoseKind.SecondBooster => "Secondo richiamo",
        _ => "Terzo richiamo",
    };

    public static string Of(InjectionSite site) => site switch
    {
        InjectionSite.LeftDeltoid => "Braccio sinistro",
        InjectionSite.RightDeltoid => "Braccio destro",
        InjectionSite.LeftThigh => "Coscia sinistra",
        _ => "Coscia destra",
    };

    public static string Of(AdverseCriterion criterion) => criterion switch
    {
        AdverseCriterion.Death => "Decesso",
        AdverseCriterion.Hospitalised => "Ospedalizzazione o prolungamento del ricovero",
        AdverseCriterion.Disability => "Invalidità grave o permanente",
        AdverseCriterion.LifeThreatening => "Ha messo in pericolo di vita",
        AdverseCriterion.BirthDefect => "Anomalie congenite o deficit del neonato",
        _ => "Altra condizione clinicamente rilevante",
    };

    public static string Of(AdverseOutcome outcome) => outcome switch
    {
        AdverseOutcome.Recovered => "Risoluzione completa",
        AdverseOutcome.RecoveredWithSequelae => "Risoluzione con postumi",
        AdverseOutcome.Improving => "Miglioramento",
        AdverseOutcome.Unchanged => "Invariata o peggiorata",
        AdverseOutcome.Died => "Decesso",
        _ => "Non ancora nota",
    };

    public static string Of(ConsentBy who) => who switch
    {
        ConsentBy.Herself => "La persona stessa",
        ConsentBy.Parent => "Un genitore",
        _ => "Un tutore o amministratore di sostegno",
    };

    public static string Of(WaitingRoomState state) => state switch
    {
        WaitingRoomState.PreQueue => "Prima dell’apertura",
        WaitingRoomState.Open => "Aperta",
        WaitingRoomState.Paused => "In pausa",
        _ => "Posti finiti",
    };
}
