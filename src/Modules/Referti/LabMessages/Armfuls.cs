using Platform.Referti.Hl7;
using Platform.Referti.Unmatched;

namespace Platform.Referti.LabMessages;

/// <summary>Cuts messages, in their order, into armfuls that may be worked in one transaction: no two of an armful share a
/// name, a number or a person, so that none needs to see what another did. What is not plainly taken stands alone.</summary>
internal static class Armfuls
{
    private const int Most = 250;

    public static IEnumerable<IReadOnlyList<Incoming>> Of(IReadOnlyList<Incoming> messages)
    {
        var armful = new List<Incoming>();
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            var plain = message is { Verdict: AckCode.AA, ControlId: not null } && message.Reading.Results.Count > 0;
            var touches = plain ? Touches(message).ToList() : [];
            // Two results of one message may speak of one sample: then the second has to see what the first made.
            if (!plain || touches.Count != touches.Distinct().Count())
            {
                if (armful.Count > 0)
                    yield return armful;
                yield return [message];
                (armful, touched) = ([], new(StringComparer.Ordinal));
                continue;
            }

            if (armful.Count == Most || touches.Exists(touched.Contains))
            {
                yield return armful;
                (armful, touched) = ([], new(StringComparer.Ordinal));
            }

            armful.Add(message);
            touched.UnionWith(touches);
        }

        if (armful.Count > 0)
            yield return armful;
    }

    private static IEnumerable<string> Touches(Incoming message) =>
        message.Reading.Results.SelectMany(r => r.Numbers.Select(Placing.AsPrinted).Distinct().Append(r.Person.FiscalCode)).OfType<string>().Append("id:" + message.ControlId);
}
