namespace Platform.Certificates.Hcert;

/// <summary>Bytes in the 45 characters that QR codes hold most densely (RFC 9285): two bytes in three characters, a last one in two.</summary>
internal static class Base45
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private const int Base = 45;

    private static readonly sbyte[] Values = MakeValues();

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[(bytes.Length / 2 * 3) + (bytes.Length % 2 * 2)];
        var at = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            var two = i + 1 < bytes.Length;
            var value = two ? (bytes[i] << 8) | bytes[i + 1] : bytes[i];
            text[at++] = Alphabet[value % Base];
            text[at++] = Alphabet[value / Base % Base];
            if (two)
                text[at++] = Alphabet[value / (Base * Base)];
        }

        return new(text);
    }

    /// <returns>Null for what is not base 45.</returns>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 3 == 1)
            return null;
        var bytes = new byte[(text.Length / 3 * 2) + (text.Length % 3 / 2)];
        var at = 0;
        for (var i = 0; i < text.Length; i += 3)
        {
            var three = i + 2 < text.Length;
            var (c, d, e) = (ValueOf(text[i]), ValueOf(text[i + 1]), three ? ValueOf(text[i + 2]) : 0);
            var value = c + (d * Base) + (e * Base * Base);
            if (c < 0 || d < 0 || e < 0 || value > (three ? ushort.MaxValue : byte.MaxValue))
                return null;
            if (three)
                bytes[at++] = (byte)(value >> 8);
            bytes[at++] = (byte)value;
        }

        return bytes;
    }

    private static int ValueOf(char c) => c < Values.Length ? Values[c] : -1;

    private static sbyte[] MakeValues()
    {
        var values = new sbyte[128];
        Array.Fill(values, (sbyte)-1);
        for (var i = 0; i < Alphabet.Length; i++)
            values[Alphabet[i]] = (sbyte)i;
        return values;
    }
}
