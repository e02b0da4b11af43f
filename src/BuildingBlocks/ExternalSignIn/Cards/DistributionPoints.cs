using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Platform.BuildingBlocks.ExternalSignIn.Cards;

/// <summary>Where a certificate says that the list of the revoked ones lies (RFC 5280, 4.2.1.13).</summary>
internal static class DistributionPoints
{
    private const string Extension = "2.5.29.31";
    private static readonly Asn1Tag First = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 6);

    /// <returns>By http or https alone; nothing where nothing can be read.</returns>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate)
    {
        var found = new List<string>();
        try
        {
            if (certificate.Extensions[Extension] is not { } extension)
                return found;
            for (var points = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence(); points.HasData;)
            {
                var point = points.ReadSequence();
                var names = point.HasData && point.PeekTag().HasSameClassAndValue(First) ? point.ReadSequence(First) : null;
                // With more behind it, it is a list of some reasons, or another's.
                if (names is not null && !point.HasData)
                    found.AddRange(AddressesOf(names));
            }
        }
        catch (AsnContentException)
        {
            // What is said before may be good.
        }

        return [.. found.Where(a => Uri.TryCreate(a, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))];
    }

    /// <param name="name">DistributionPointName.</param>
    public static IEnumerable<string> AddressesOf(AsnReader name)
    {
        if (!name.HasData || !name.PeekTag().HasSameClassAndValue(First))
            yield break;
        for (var names = name.ReadSequence(First); names.HasData;)
        {
            if (names.PeekTag().HasSameClassAndValue(Address))
                yield return names.ReadCharacterString(UniversalTagNumber.IA5String, Address);
            else
                names.ReadEncodedValue();
        }
    }
}
