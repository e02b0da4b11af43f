namespace Platform.Referti.Hl7;

/// <summary>One message of a stream, as it came. What cannot be read is an entry too, so that it gets its answer.</summary>
/// <param name="Index">Its place in the stream, from 1.</param>
/// <param name="BatchNumber">The batch it came in, from 1; 0 outside any BHS.</param>
/// <param name="Bytes">The message with its own line ends; only its beginning where <paramref name="IsTooLarge"/>.</param>
internal sealed record Hl7BatchEntry(int Index, int BatchNumber, byte[] Bytes, bool IsTooLarge)
{
    /// <exception cref="Hl7Exception">The message cannot be read.</exception>
    public Hl7Message Parse(Hl7Limits? limits = null)
        => IsTooLarge ? throw (limits ?? Hl7Limits.Default).TooLarge() : Hl7Message.Parse(Bytes, limits);

    public bool TryParse(Hl7Limits? limits, out Hl7Message? message, out Hl7Problem? problem)
    {
        if (!IsTooLarge)
        {
            return Hl7Message.TryParse(Bytes, limits, out message, out problem);
        }

        (message, problem) = (null, (limits ?? Hl7Limits.Default).TooLarge().Problem);
        return false;
    }

    /// <summary>
    /// The header alone of a message that cannot be read whole, so that the refusal can still name its control id;
    /// null where not even that can be read.
    /// </summary>
    public Hl7Message? HeaderOnly()
    {
        var start = Bytes.AsSpan().IndexOf("MSH"u8);
        if (start is < 0 or > 8)
        {
            return null;
        }

        var line = Bytes.AsSpan(start);
        var end = line.IndexOfAny((byte)'\r', (byte)'\n');
        return Hl7Message.TryParse(end < 0 ? line : line[..end], null, out var message, out _) ? message : null;
    }
}
