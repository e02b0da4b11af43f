using System.Formats.Cbor;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Platform.Certificates.Hcert;

/// <summary>From what a certificate says to the text of its QR code: CBOR, CWT, COSE_Sign1, zlib, base 45, <c>HC1:</c>
/// (Electronic Health Certificate Specification 1.0 of the eHealth Network).</summary>
internal static class HcertWriter
{
    public const string Prefix = "HC1:";

    /// <param name="kid">First eight bytes of the SHA-256 of the signer's certificate.</param>
    public static string Write(DccPayload payload, DateTime issuedAt, DateTime expiresAt, byte[] kid, CoseAlgorithm algorithm, AsymmetricAlgorithm key)
    {
        var claims = Claims(payload, issuedAt, expiresAt);
        var header = ProtectedHeader(kid, algorithm);
        return Pack(Envelope(header, claims, CoseSignature.Sign(key, ToBeSigned(header, claims))));
    }

    public static string Pack(ReadOnlySpan<byte> cose)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(cose);
        return Prefix + Base45.Encode(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    /// <summary>What the signature is of: RFC 9052, section 4.4.</summary>
    public static byte[] ToBeSigned(byte[] protectedHeader, byte[] claims)
    {
        var cbor = new CborWriter();
        cbor.WriteStartArray(4);
        cbor.WriteTextString("Signature1");
        cbor.WriteByteString(protectedHeader);
        cbor.WriteByteString([]);
        cbor.WriteByteString(claims);
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    public static byte[] Envelope(byte[] protectedHeader, byte[] claims, byte[] signature)
    {
        var cbor = new CborWriter();
        cbor.WriteTag((CborTag)Cose.Sign1Tag);
        cbor.WriteStartArray(4);
        cbor.WriteByteString(protectedHeader);
        cbor.WriteStartMap(0);
        cbor.WriteEndMap();
        cbor.WriteByteString(claims);
        cbor.WriteByteString(signature);
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    public static byte[] ProtectedHeader(byte[] kid, CoseAlgorithm algorithm)
    {
        var cbor = new CborWriter();
        cbor.WriteStartMap(2);
        cbor.WriteInt32(Cose.Algorithm);
        cbor.WriteInt32((int)algorithm);
        cbor.WriteInt32(Cose.Kid);
        cbor.WriteByteString(kid);
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    public static byte[] Claims(DccPayload payload, DateTime issuedAt, DateTime expiresAt)
    {
        var cbor = new CborWriter();
        cbor.WriteStartMap(4);
        cbor.WriteInt32(Cose.Issuer);
        cbor.WriteTextString(DccCodes.Italy);
        cbor.WriteInt32(Cose.ExpiresAt);
        cbor.WriteInt64(Seconds(expiresAt));
        cbor.WriteInt32(Cose.IssuedAt);
        cbor.WriteInt64(Seconds(issuedAt));
        cbor.WriteInt32(Cose.Hcert);
        cbor.WriteStartMap(1);
        cbor.WriteInt32(Cose.DccVersion1);
        Dcc(cbor, payload);
        cbor.WriteEndMap();
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    private static void Dcc(CborWriter cbor, DccPayload payload)
    {
        cbor.WriteStartMap(4);
        Text(cbor, "ver", payload.Version);
        cbor.WriteTextString("nam");
        Map(cbor, [("fn", payload.Name.FamilyName), ("fnt", payload.Name.FamilyNameInMrz), ("gn", payload.Name.GivenName), ("gnt", payload.Name.GivenNameInMrz)]);
        Text(cbor, "dob", payload.BirthDate);
        cbor.WriteTextString(payload.Kind switch { DccKind.Vaccination => "v", DccKind.Test => "t", _ => "r" });
        cbor.WriteStartArray(1);
        if (payload.Vaccination is { } v)
        {
            Map(cbor, [("tg", v.Target), ("vp", v.Prophylaxis), ("mp", v.Product), ("ma", v.Holder), ("dn", v.Dose), ("sd", v.Doses), ("dt", DccText.Of(v.On)), ("co", v.Country), ("is", v.Issuer), ("ci", v.Uvci)]);
        }
        else if (payload.Test is { } t)
        {
            Map(cbor, [("tg", t.Target), ("tt", t.Type), ("nm", t.Name), ("ma", t.Device), ("sc", DccText.Of(t.CollectedAt)), ("tr", t.Result), ("tc", t.Centre), ("co", t.Country), ("is", t.Issuer), ("ci", t.Uvci)]);
        }
        else if (payload.Recovery is { } r)
        {
            Map(cbor, [("tg", r.Target), ("fr", DccText.Of(r.FirstPositive)), ("co", r.Country), ("is", r.Issuer), ("df", DccText.Of(r.From)), ("du", DccText.Of(r.Until)), ("ci", r.Uvci)]);
        }

        cbor.WriteEndArray();
        cbor.WriteEndMap();
    }

    private static void Text(CborWriter cbor, string key, string value)
    {
        cbor.WriteTextString(key);
        cbor.WriteTextString(value);
    }

    // What is not known is left out.
    private static void Map(CborWriter cbor, ReadOnlySpan<(string Key, object? Value)> entries)
    {
        var known = 0;
        foreach (var entry in entries)
            known += entry.Value is null ? 0 : 1;
        cbor.WriteStartMap(known);
        foreach (var (key, value) in entries)
        {
            if (value is null)
                continue;
            cbor.WriteTextString(key);
            if (value is int number)
                cbor.WriteInt32(number);
            else
                cbor.WriteTextString((string)value);
        }

        cbor.WriteEndMap();
    }

    private static long Seconds(DateTime utc) => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToUnixTimeSeconds();
}
