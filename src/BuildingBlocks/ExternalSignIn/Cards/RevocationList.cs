using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Platform.BuildingBlocks.ExternalSignIn.Cards;

/// <summary>What an authority says has been revoked or suspended (RFC 5280, 5): signed by it and complete for its cards.</summary>
internal sealed class RevocationList
{
    /// <summary>Whose clock goes before ours.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0);

    private readonly ReadOnlyMemory<byte> revoked;
    private readonly DateTimeOffset from, until;

    private RevocationList(ReadOnlyMemory<byte> revoked, DateTimeOffset from, DateTimeOffset until) => (this.revoked, this.from, this.until) = (revoked, from, until);

    /// <summary>Until the time for which a newer one is promised.</summary>
    public bool IsInForce(DateTimeOffset now) => from < now + Tolerance && until > now;

    public bool Holds(ReadOnlyMemory<byte> serialNumber)
    {
        if (revoked.IsEmpty)
            return false;
        // Walked each time, about a tenth of a second for a million: kept apart it would be many times its size.
        for (var each = new AsnReader(revoked, AsnEncodingRules.DER).ReadSequence(); each.HasData;)
        {
            if (each.ReadSequence().ReadIntegerBytes().Span.SequenceEqual(serialNumber.Span))
                return true;
        }

        return false;
    }

    /// <param name="address">Where it was: a list of a part of the cards says which part it is.</param>
    /// <exception cref="CryptographicException">It is not this authority's, or not one that can be understood.</exception>
    /// <exception cref="AsnContentException">It is no list.</exception>
    public static RevocationList Read(byte[] bytes, X509Certificate2 authority, string address)
    {
        var text = bytes.AsSpan().StartsWith("-----BEGIN"u8) ? Encoding.ASCII.GetString(bytes) : null;
        var whole = new AsnReader(text is null ? bytes : Convert.FromBase64String(text[PemEncoding.Find(text).Base64Data]), AsnEncodingRules.DER).ReadSequence();
        var signed = whole.PeekEncodedValue();
        var list = whole.ReadSequence();
        var algorithm = whole.ReadSequence().ReadObjectIdentifier();
        if (!IsSigned(signed.Span, algorithm, whole.ReadBitString(out _), authority))
            throw new CryptographicException("list-not-signed-by-authority");

        if (list.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
            list.ReadInteger();
        list.ReadSequence();
        if (!list.ReadEncodedValue().Span.SequenceEqual(authority.SubjectName.RawData))
            throw new CryptographicException("list-of-another-authority");
        var (from, until) = (Time(list), Time(list));
        var revoked = list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) ? list.ReadEncodedValue() : ReadOnlyMemory<byte>.Empty;
        if (list.HasData)
            Understand(list.ReadSequence(Extensions).ReadSequence(), address);
        var read = new RevocationList(revoked, from, until);
        // Once from end to end: what cannot be walked is found here and not before a person.
        read.Holds(ReadOnlyMemory<byte>.Empty);
        return read;
    }

    private static DateTimeOffset Time(AsnReader list) => list.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? list.ReadUtcTime() : list.ReadGeneralizedTime();

    private static bool IsSigned(ReadOnlySpan<byte> signed, string algorithm, ReadOnlySpan<byte> signature, X509Certificate2 authority)
    {
        if (authority.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign))
            return false;
        using var rsa = authority.GetRSAPublicKey();
        using var ec = authority.GetECDsaPublicKey();
        return algorithm switch
        {
            "1.2.840.113549.1.1.11" => rsa?.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) == true,
            "1.2.840.113549.1.1.12" => rsa?.VerifyData(signed, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1) == true,
            "1.2.840.113549.1.1.13" => rsa?.VerifyData(signed, signature, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1) == true,
            "1.2.840.10045.4.3.2" => ec?.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) == true,
            "1.2.840.10045.4.3.3" => ec?.VerifyData(signed, signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence) == true,
            "1.2.840.10045.4.3.4" => ec?.VerifyData(signed, signature, HashAlgorithmName.SHA512, DSASignatureFormat.Rfc3279DerSequence) == true,
            _ => false,
        };
    }

    /// <summary>A list of changes, of some reasons, of authorities alone or of another part would leave cards out without a word.</summary>
    private static void Understand(AsnReader extensions, string address)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var name = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            if (critical && (name != "2.5.29.28" || !IsWholeFor(new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER).ReadSequence(), address)))
                throw new CryptographicException("list-of-a-part");
        }
    }

    // IssuingDistributionPoint: of all people's certificates, at this address if it names one.
    private static bool IsWholeFor(AsnReader part, string address)
    {
        while (part.HasData)
        {
            var tag = part.PeekTag();
            var value = part.ReadEncodedValue();
            var fits = tag.TagValue switch
            {
                0 => DistributionPoints.AddressesOf(new AsnReader(value, AsnEncodingRules.DER).ReadSequence(tag)).Contains(address),
                1 => true,
                _ => false,
            };
            if (!fits)
                return false;
        }

        return true;
    }
}
