using System.Formats.Cbor;
using System.IO.Compression;

namespace Platform.Certificates.Hcert;

/// <summary>A certificate as it was read, before anybody has looked at its signature.</summary>
/// <param name="Issuer">Country, as the signed claims say.</param>
/// <param name="Kid">Null where neither header names the key.</param>
internal sealed record ReadHcert(
    ReadDcc Dcc, string? Issuer, DateTime? IssuedAt, DateTime? ExpiresAt, CoseAlgorithm Algorithm, byte[]? Kid, byte[] ToBeSigned, byte[] Signature);

/// <summary>The text of a QR code, taken apart. Anybody may have written it: what is not a certificate is null, whatever it is.</summary>
internal static class HcertReader
{
    /// <summary>The largest QR code holds 4,296 such characters.</summary>
    public const int LongestText = 5000;

    private const int MostBytes = 64 * 1024;
    private const int MostClaims = 100;

    public static ReadHcert? Read(string? text)
    {
        var code = (text ?? "").AsSpan().Trim();
        if (code.Length > LongestText || !code.StartsWith(HcertWriter.Prefix, StringComparison.Ordinal) || Base45.Decode(code[HcertWriter.Prefix.Length..]) is not { } packed)
            return null;
        try
        {
            return Unpack(packed) is { } cose ? Open(cose) : null;
        }
        // What the readers of CBOR and zlib say of bytes that are none, or of other types than are looked for.
        catch (Exception wrong) when (wrong is CborContentException or InvalidDataException or IOException or InvalidOperationException or OverflowException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    // Bare COSE is taken too, as the reference verifiers do; a small code that unpacks to a mountain is not.
    private static byte[]? Unpack(byte[] packed)
    {
        if (packed is not [0x78, ..])
            return packed;
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        var bytes = new byte[MostBytes + 1];
        var length = zlib.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MostBytes ? bytes[..length] : null;
    }

    private static ReadHcert? Open(byte[] bytes)
    {
        var cbor = new CborReader(bytes, CborConformanceMode.Lax);
        while (cbor.PeekState() == CborReaderState.Tag)
        {
            if ((ulong)cbor.ReadTag() is not (Cose.Sign1Tag or Cose.CwtTag))
                return null;
        }

        if (cbor.ReadStartArray() is { } parts && parts != 4)
            return null;
        var header = cbor.ReadByteString();
        int? algorithm = null;
        byte[]? kid = null, otherKid = null;
        if (header.Length > 0)
            ReadHeader(new(header, CborConformanceMode.Lax), ref algorithm, ref kid);
        ReadHeader(cbor, ref algorithm, ref otherKid);
        var claims = cbor.ReadByteString();
        var signature = cbor.ReadByteString();
        cbor.ReadEndArray();
        if (algorithm is not ((int)CoseAlgorithm.Es256 or (int)CoseAlgorithm.Ps256) || cbor.BytesRemaining > 0)
            return null;
        // The protected one wins.
        return Claims(claims) is { } said
            ? new(said.Dcc, said.Issuer, said.IssuedAt, said.ExpiresAt, (CoseAlgorithm)algorithm, kid ?? otherKid, HcertWriter.ToBeSigned(header, claims), signature)
            : null;
    }

    private static void ReadHeader(CborReader cbor, ref int? algorithm, ref byte[]? kid)
    {
        Entries(cbor, (reader, key) =>
        {
            switch (key)
            {
                case Cose.Algorithm when reader.PeekState() is CborReaderState.NegativeInteger or CborReaderState.UnsignedInteger:
                    return (reader.ReadInt32(), null);
                case Cose.Kid when reader.PeekState() == CborReaderState.ByteString:
                    return (null, reader.ReadByteString());
                default:
                    reader.SkipValue();
                    return default((int?, byte[]?));
            }
        }, out var found);
        foreach (var (number, name) in found)
            (algorithm, kid) = (algorithm ?? number, kid ?? name);
    }

    private sealed record Said(ReadDcc Dcc, string? Issuer, DateTime? IssuedAt, DateTime? ExpiresAt);

    private static Said? Claims(byte[] bytes)
    {
        string? issuer = null;
        DateTime? issued = null, expires = null;
        ReadDcc? dcc = null;
        var cbor = new CborReader(bytes, CborConformanceMode.Lax);
        if (cbor.PeekState() == CborReaderState.Tag && (ulong)cbor.ReadTag() != Cose.CwtTag)
            return null;
        Entries(cbor, (reader, key) =>
        {
            switch (key)
            {
                case Cose.Issuer:
                    issuer = reader.ReadTextString();
                    break;
                case Cose.ExpiresAt:
                    expires = Instant(reader);
                    break;
                case Cose.IssuedAt:
                    issued = Instant(reader);
                    break;
                case Cose.Hcert:
                    Entries(reader, (inner, version) =>
                    {
                        if (version == Cose.DccVersion1)
                            dcc = ReadDcc.From(inner);
                        else
                            inner.SkipValue();
                        return 0;
                    }, out _);
                    break;
                default:
                    reader.SkipValue();
                    break;
            }

            return 0;
        }, out _);
        return dcc is null ? null : new(dcc, issuer, issued, expires);
    }

    // Some countries write seconds with a fraction.
    private static DateTime? Instant(CborReader cbor)
    {
        if (cbor.PeekState() == CborReaderState.Tag)
            cbor.ReadTag();
        var seconds = cbor.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger ? cbor.ReadInt64() : checked((long)cbor.ReadDouble());
        return DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
    }

    // A map whose keys are numbers; others are passed over.
    private static void Entries<T>(CborReader cbor, Func<CborReader, long, T> read, out List<T> found)
    {
        found = [];
        cbor.ReadStartMap();
        for (var entries = 0; cbor.PeekState() != CborReaderState.EndMap; entries++)
        {
            if (entries == MostClaims)
                throw new CborContentException("Too many entries.");
            if (cbor.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger)
            {
                found.Add(read(cbor, cbor.ReadInt64()));
                continue;
            }

            cbor.SkipValue();
            cbor.SkipValue();
        }

        cbor.ReadEndMap();
    }
}
