using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

/// <summary>What is asked for and why, as the region's rules of the day allow it.</summary>
/// <param name="Reason">As the rules have it on that day.</param>
/// <param name="Symptoms">Codes of the region's list.</param>
/// <param name="Note">For whoever authorises.</param>
internal sealed record Wish(TestType Test, SwabReason Reason, IReadOnlyList<string> Symptoms, DateOnly? SymptomsSince, string? Note)
{
    /// <exception cref="Refusal"><c>reason-unknown</c>, <c>test-not-for-reason</c>, <c>test-not-offered</c>,
    /// <c>symptoms-missing</c>, <c>symptom-unknown</c>, <c>symptoms-date-missing</c>.</exception>
    public static Wish Of(
        SwabRules rules, DateOnly today, TestType test, string reasonCode, IEnumerable<string> symptoms, DateOnly? since, string? note)
    {
        var reason = rules.ReasonsOn(today).FirstOrDefault(r => r.Code == reasonCode)
            ?? throw new Refusal("reason-unknown", "Il motivo scelto oggi non è previsto: ne scelga un altro.") { Kind = RefusalKind.Unprocessable };
        if (!reason.Tests.Contains(test.Code()))
            throw new Refusal("test-not-for-reason", "Per il motivo scelto questo tipo di test non è previsto: ne scelga un altro.") { Kind = RefusalKind.Unprocessable };
        if (rules.SpecimenOf(test.Code(), today) is null)
            throw new Refusal("test-not-offered", "Questo tipo di test oggi non è offerto: ne scelga un altro.") { Kind = RefusalKind.Unprocessable };
        var codes = symptoms.Distinct().ToList();
        if (codes.Exists(c => rules.SymptomsOn(today).All(s => s.Code != c)))
            throw new Refusal("symptom-unknown", "Uno dei sintomi scelti non è nell'elenco.") { Kind = RefusalKind.Unprocessable };
        // PREDECESSOR 2.3: reason «sintomo» demands symptoms and their first day.
        if (reason.Symptoms == SymptomsDemand.Required && codes.Count == 0)
            throw new Refusal("symptoms-missing", "Per questo motivo indichi almeno un sintomo.") { Kind = RefusalKind.Unprocessable };
        if (reason.Symptoms == SymptomsDemand.Required && since is null)
            throw new Refusal("symptoms-date-missing", "Indichi il giorno di inizio dei sintomi.") { Kind = RefusalKind.Unprocessable };
        return reason.Symptoms == SymptomsDemand.No ? new(test, reason, [], null, Trimmed(note)) : new(test, reason, codes, since, Trimmed(note));
    }

    private static string? Trimmed(string? note) => string.IsNullOrWhiteSpace(note) ? null : note.Trim();
}

internal static class TestTypes
{
    /// <summary>As the region's tables call it.</summary>
    public static string Code(this TestType test) => test.ToString().ToLowerInvariant();
}
