using System.Collections.Frozen;

namespace Platform.Referti.Hl7;

internal enum TestKind
{
    Molecular,
    Antigen,
    Serology,
}

/// <summary>What an observation is to a report on SARS-CoV-2.</summary>
internal enum TestRole
{
    /// <summary>Not in the table.</summary>
    Unknown,

    /// <summary>The answer: present or not.</summary>
    Overall,

    /// <summary>One gene of a molecular test; no answer by itself.</summary>
    Target,

    /// <summary>A cycle threshold or a viral load: a figure beside the answer.</summary>
    Detail,

    /// <summary>A question asked when ordering.</summary>
    Question,
}

internal sealed record SarsCov2Test(TestRole Role, TestKind? Kind);

/// <summary>
/// LOINC codes of SARS-CoV-2 tests (loinc.org, SARS-CoV-2 and COVID-19 related terms). Codes of "SARS-related
/// coronavirus" do not tell SARS-CoV-2 from its kin and count as targets.
/// </summary>
internal static class SarsCov2Tests
{
    private static readonly FrozenDictionary<string, SarsCov2Test> Table = Build();

    // Influenza A and B, RSV: by RNA, then by antigen.
    private static readonly FrozenSet<string> OtherViruses = new[]
    {
        "92142-9", "92141-1", "92131-2", "85477-8", "85478-6", "85479-4", "34487-9", "40982-1", "80382-5", "80383-3",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsOtherVirus(string? code) => code is not null && OtherViruses.Contains(code);

    /// <summary>
    /// Whether a text speaks of the virus. It only serves to keep what has an unknown code under someone's eyes,
    /// never to tell what it says.
    /// </summary>
    public static bool Mentions(string? text)
        => text is not null
            && (text.Contains("SARS", StringComparison.OrdinalIgnoreCase) || text.Contains("COVID", StringComparison.OrdinalIgnoreCase));

    public static IEnumerable<string> Codes => Table.Keys;

    public static SarsCov2Test? Find(string? code) => code is null ? null : Table.GetValueOrDefault(code);

    private static FrozenDictionary<string, SarsCov2Test> Build()
    {
        var table = new Dictionary<string, SarsCov2Test>(StringComparer.Ordinal);

        // RNA, presence, by specimen and method; 94531-1 and 94306-8 are panels that some laboratories answer on.
        Add(TestRole.Overall, TestKind.Molecular,
            "94500-6", "94309-2", "94531-1", "94306-8", "94845-5", "95406-5", "94759-8", "95608-6", "95424-8",
            "94565-9", "94660-8", "94822-4", "96797-6", "96829-7");

        // N (and its N1, N2 regions), ORF1ab, RdRp, S, E; then SARS-related.
        Add(TestRole.Target, TestKind.Molecular,
            "94533-7", "94316-7", "94307-6", "94308-4", "94756-4", "94757-2", "94760-6", "94766-3", "95409-9", "95425-5",
            "94559-2", "94639-2", "94534-5", "94314-2", "94640-0", "94641-8", "94767-1",
            "94758-0", "94315-9", "94765-5", "94310-0", "94502-2", "94647-5", "94532-9");

        Add(TestRole.Detail, TestKind.Molecular,
            "94745-7", "94746-5", "94509-7", "94510-5", "94511-3", "94642-6", "94643-4", "94644-2", "94645-9", "94646-7",
            "94311-8", "94312-6", "94819-0", "95521-1", "95522-9");

        Add(TestRole.Overall, TestKind.Antigen, "94558-4", "97097-0", "95209-3", "96119-3");

        Add(TestRole.Overall, TestKind.Serology,
            "94563-4", "94505-5", "94507-1", "94564-2", "94506-3", "94508-9", "94562-6", "94547-7", "94762-2", "94769-7",
            "94661-6", "94761-4", "94768-9", "94720-0");

        // Employed in healthcare, first test, congregate care, symptoms, hospitalised, in intensive care, pregnant,
        // age, date of onset.
        Add(TestRole.Question, null,
            "95418-0", "95417-2", "95421-4", "95419-8", "77974-4", "95420-6", "82810-3", "30525-0", "65222-2");
        return table.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(TestRole role, TestKind? kind, params ReadOnlySpan<string> codes)
        {
            foreach (var code in codes)
            {
                table.Add(code, new SarsCov2Test(role, kind));
            }
        }
    }
}
