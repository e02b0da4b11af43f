using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.VaccinationBooking.Contracts;

namespace Platform.VaccinationBooking.OpenData;

/// <summary>Columns of the national file of administered doses (italia/covid19-opendata-vaccini, <c>somministrazioni</c>) as they were from a
/// month on: what a row is about, then parts that each add up to the row's doses, then the region.</summary>
/// <param name="ColumnsOf">Where a dose is counted, one column a part; null where the layout has no column for it.</param>
internal sealed record OpenDataLayout(
    string Code, IReadOnlyList<string> Key, IReadOnlyList<IReadOnlyList<string>> Parts, IReadOnlyList<string> Area, Func<CountedDose, string[]?> ColumnsOf)
{
    /// <summary>With categories; boosters did not exist yet.</summary>
    private static readonly OpenDataLayout May2021 = new(
        "2021-05", ["data_somministrazione", "fornitore", "area", "fascia_anagrafica"],
        [
            ["sesso_maschile", "sesso_femminile"],
            [
                "categoria_operatori_sanitari_sociosanitari", "categoria_personale_non_sanitario", "categoria_ospiti_rsa", "categoria_60_69", "categoria_70_79", "categoria_over80",
                "categoria_forze_armate", "categoria_personale_scolastico", "categoria_soggetti_fragili", "categoria_altro",
            ],
            ["prima_dose", "seconda_dose"],
        ],
        ["codice_NUTS1", "codice_NUTS2", "codice_regione_ISTAT", "nome_area"],
        dose => dose.Kind > DoseKind.AfterInfection ? null
            : [dose.Sex == Sex.Male ? "sesso_maschile" : "sesso_femminile", "categoria_" + (dose.Category ?? dose.Band.Category), dose.Kind == DoseKind.Second ? "seconda_dose" : "prima_dose"]);

    private static readonly OpenDataLayout May2022 = new(
        "2022-05", ["data", "forn", "area", "eta"], [["m", "f"], ["d1", "d2", "dpi", "db1", "db2", "db3"]], ["N1", "N2", "ISTAT", "reg"],
        dose => [dose.Sex == Sex.Male ? "m" : "f", dose.Kind switch
        {
            DoseKind.First => "d1", DoseKind.Second => "d2", DoseKind.AfterInfection => "dpi", DoseKind.Booster => "db1", DoseKind.SecondBooster => "db2", _ => "db3",
        }]);

    public static readonly IReadOnlyList<OpenDataLayout> All = [May2021, May2022];

    public IReadOnlyList<string> Counts { get; } = [.. Parts.SelectMany(p => p)];
    public IEnumerable<string> Columns => [.. Key, .. Counts, .. Area];

    /// <summary>Where it stands among <see cref="Counts"/>.</summary>
    public int IndexOf(string column) => Counts.ToList().IndexOf(column) is >= 0 and var index ? index : throw new ArgumentException($"The layout {Code} of the open data has no column {column}.");
}

/// <param name="Category">Column of the category by which she came; null for her age.</param>
internal sealed record CountedDose(Sex Sex, string? Category, DoseKind Kind, OpenDataBand Band);

/// <summary>Doses of a day, a producer and an age.</summary>
/// <param name="Counts">As the layout's; null where the number is not told.</param>
internal sealed record OpenDataRow(DateOnly Day, string Producer, string Band, int?[] Counts);
