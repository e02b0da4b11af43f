using System.Globalization;

namespace Platform.UserManagement.Extractions;

/// <summary>What holds for whoever has the file, inside it.</summary>
internal static class ExtractionConditions
{
    public static string Of(Extraction extraction) => string.Create(CultureInfo.InvariantCulture, $"""
        Estrazione {extraction.Id}
        Periodo: dal {extraction.From:dd/MM/yyyy} al {extraction.To:dd/MM/yyyy}
        Chiesta per: {extraction.Purpose}
        {(extraction.Project is { } project ? $"Progetto: {project} (gli pseudonimi sono gli stessi delle altre estrazioni del progetto)" : "Gli pseudonimi valgono in questa estrazione soltanto: la loro chiave non esiste più.")}

        I dati restano dati personali (Regolamento (UE) 2016/679, considerando 26). Si usano per lo scopo indicato e per nessun altro; non si
        cedono; non si cerca di risalire alle persone, né incrociandoli con altri dati; si cancellano quando lo scopo è raggiunto.

        """);
}
