using System.Globalization;

namespace Platform.Referti.Hl7;

/// <summary>What OBX-5 says, if the tables know it.</summary>
internal sealed record ValueReading(ResultValue Value, CodedText? Original, IReadOnlyList<Hl7Problem> Problems);

/// <summary>Reads OBX-5 by its type (OBX-2), from SNOMED CT codes and exact words only.</summary>
internal static class ValueReader
{
    private sealed record TripletReading(ResultValue Value, bool IsContradictory, bool IsUnknownSnomed, bool LacksSystem);

    public static ValueReading Read(Hl7Segment obx)
    {
        var type = obx.Value(2)?.ToUpperInvariant() ?? string.Empty;
        var field = obx.Field(5);
        var triplets = field.Repetitions.Select(CodedText.Triplets).Where(found => found.Count > 0).ToList();
        if (triplets.Count == 0 && type is not ("SN" or "ED" or "RP"))
        {
            return Doubt(obx, null, ProblemCodes.MissingValue, "The observation has no value.");
        }

        var original = triplets.SelectMany(found => found).OrderByDescending(triplet => triplet.IsSnomed).FirstOrDefault();
        if (field.IsTruncated)
        {
            return Doubt(obx, original, ProblemCodes.TruncatedValue, "The value was truncated by the sender.");
        }

        switch (type)
        {
            case "NM" or "SN":
                return Doubt(obx, original, ProblemCodes.NumericValue, "The value is a figure, which is not read as an answer.");
            case "CE" or "CWE" or "CNE" or "CF" or "IS" or "ID" or "ST" or "TX" or "FT" or "":
                return Combine("OBX", obx.Index, original, [.. field.Repetitions.Where(repetition => !repetition.IsEmpty).Select(repetition => Read(repetition, type))]);
            default:
                return Doubt(obx, original, ProblemCodes.UnsupportedValueType, "The value is of a type that is not read as an answer.");
        }
    }

    private static ValueReading Combine(string place, int index, CodedText? original, IReadOnlyList<TripletReading> readings)
    {
        var known = readings.Select(reading => reading.Value).Where(value => value != ResultValue.Unknown).Distinct().ToList();
        if (known.Count > 1 || readings.Any(reading => reading.IsContradictory))
        {
            return Doubt(place, index, original, ProblemCodes.ContradictoryValue, "The codes and texts of the value do not say the same.");
        }

        if (known.Count == 0 || readings.Any(reading => reading.Value == ResultValue.Unknown))
        {
            return decimal.TryParse(original?.Code, NumberStyles.Number, CultureInfo.InvariantCulture, out _) && original is { System: null, Text: null }
                ? Doubt(place, index, original, ProblemCodes.NumericValue, "The value is a figure, which is not read as an answer.")
                : Doubt(place, index, original, ProblemCodes.UnknownValue, $"The value {PlainText.Quote(original?.Code)} is not in the tables.");
        }

        var notes = new List<Hl7Problem>();
        if (readings.Any(reading => reading.LacksSystem))
        {
            notes.Add(new Hl7Problem(ProblemCodes.CodingSystemMissing, place, index, 5, "The code is of SNOMED CT, and the field does not say so."));
        }

        if (original?.Code == ResultValues.NotDetectedInPool)
        {
            notes.Add(new Hl7Problem(ProblemCodes.PooledSpecimen, place, index, 5, "The specimen was examined in a pool."));
        }

        return new ValueReading(known[0], original, notes);
    }

    /// <summary>Codes that should all say the same, and the text beside them; of any format.</summary>
    public static ValueReading Read(string place, int index, IReadOnlyList<CodedText> codings, string? text, bool isText = false)
    {
        var original = codings.OrderByDescending(coding => coding.IsSnomed).FirstOrDefault() ?? new CodedText(null, text, null);
        if (original is { Text: null })
        {
            original = original with { Text = text };
        }

        return original.IsEmpty
            ? Doubt(place, index, null, ProblemCodes.MissingValue, "The observation has no value.")
            : Combine(place, index, original, [Read(codings, text, isText ? "ST" : "CWE")]);
    }

    // CWE-9 is what the laboratory saw on its own screen.
    private static TripletReading Read(Hl7Repetition repetition, string type)
        => Read(CodedText.Triplets(repetition), PlainText.Of(repetition.Component(9).Value), type);

    private static TripletReading Read(IReadOnlyList<CodedText> triplets, string? text, string type)
    {
        var readings = triplets.Select(triplet => Read(triplet, type)).ToList();
        readings.Add(new TripletReading(ResultValues.OfWords(text), false, false, false));
        var known = readings.Select(reading => reading.Value).Where(value => value != ResultValue.Unknown).Distinct().ToList();
        var unknownSnomed = readings.Any(reading => reading.IsUnknownSnomed);
        return new TripletReading(
            known.Count == 1 && !unknownSnomed ? known[0] : ResultValue.Unknown,
            known.Count > 1 || readings.Any(reading => reading.IsContradictory),
            unknownSnomed,
            readings.Any(reading => reading.LacksSystem));
    }

    private static TripletReading Read(CodedText triplet, string type)
    {
        var byWords = ResultValues.OfWords(triplet.Text);
        var bare = triplet.System is null && type is not ("ST" or "TX" or "FT") && ResultValues.OfSnomed(triplet.Code) != ResultValue.Unknown;
        var isSnomed = (triplet.IsSnomed && triplet.Code is not null) || bare;
        var byCode = isSnomed ? ResultValues.OfSnomed(triplet.Code) : ResultValues.OfWords(triplet.Code);
        if (isSnomed && byCode == ResultValue.Unknown)
        {
            return new TripletReading(ResultValue.Unknown, false, true, false);
        }

        var contradictory = byCode != ResultValue.Unknown && byWords != ResultValue.Unknown && byCode != byWords;
        return new TripletReading(byCode != ResultValue.Unknown ? byCode : byWords, contradictory, false, bare);
    }

    private static ValueReading Doubt(Hl7Segment obx, CodedText? original, string code, string reason)
        => Doubt("OBX", obx.Index, original, code, reason);

    private static ValueReading Doubt(string place, int index, CodedText? original, string code, string reason)
        => new(ResultValue.Unknown, original, [new Hl7Problem(code, place, index, 5, reason)]);
}
