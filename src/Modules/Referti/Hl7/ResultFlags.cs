namespace Platform.Referti.Hl7;

/// <summary>
/// OBX-8 (HL7 table 0078) never decides a result; it can only contradict one. For antibodies A and N say nothing,
/// since laboratories differ on which outcome is the abnormal one.
/// </summary>
internal static class ResultFlags
{
    public static bool Contradicts(string flag, ResultValue value, TestKind? kind)
    {
        var says = flag.Trim().ToUpperInvariant() switch
        {
            "POS" or "DET" or "RR" => ResultValue.Detected,
            "A" or "AA" when kind != TestKind.Serology => ResultValue.Detected,
            "NEG" or "ND" or "NR" => ResultValue.NotDetected,
            "N" when kind != TestKind.Serology => ResultValue.NotDetected,
            "IND" => ResultValue.Inconclusive,
            _ => ResultValue.Unknown,
        };
        if (says == ResultValue.Unknown || value == ResultValue.Unknown || says == value)
        {
            return false;
        }

        // "Abnormal" is what a laboratory says of anything that is not a clean negative.
        var onlyAbnormal = flag.Trim().ToUpperInvariant() is "A" or "AA";
        return value switch
        {
            ResultValue.PresumptivePositive => says == ResultValue.NotDetected,
            ResultValue.Inconclusive or ResultValue.Invalid or ResultValue.Unsuitable
                => says != ResultValue.Inconclusive && !onlyAbnormal,
            _ => true,
        };
    }
}
