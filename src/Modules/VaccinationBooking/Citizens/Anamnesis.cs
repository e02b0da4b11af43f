namespace Platform.VaccinationBooking.Citizens;

/// <summary>What is asked before a vaccination, by the scheme of the ministry's triage form (modulo standard di triage prevaccinale): keys of
/// the translations.</summary>
internal static class Anamnesis
{
    public static readonly string[] Questions =
    [
        "Oggi si sente bene, senza febbre né altri disturbi?",
        "Ha allergie a farmaci, alimenti, lattice o a componenti dei vaccini?",
        "Ha avuto reazioni gravi dopo una vaccinazione?",
        "Ha malattie del cuore, dei polmoni, dei reni, del sangue, o il diabete?",
        "Ha difese immunitarie ridotte (tumore, trapianto, HIV, altre cause)?",
        "Negli ultimi tre mesi ha preso cortisone, farmaci antitumorali o immunosoppressori, o ha fatto radioterapia?",
        "Nell’ultimo anno ha ricevuto trasfusioni, emoderivati o immunoglobuline?",
        "Ha avuto convulsioni o malattie del sistema nervoso?",
        "Ha ricevuto altri vaccini nelle ultime quattro settimane?",
        "È in gravidanza, o lo può diventare nel mese dopo la vaccinazione? Allatta?",
        "Prende farmaci anticoagulanti o altri farmaci ogni giorno?",
        "Nell’ultimo mese è stato in contatto con una persona contagiosa, o ha avuto sintomi?",
    ];
}
