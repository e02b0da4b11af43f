namespace Platform.Certificates.Hcert;

/// <summary>Numbers of COSE (RFC 9052), CWT (RFC 8392) and of the health certificate's claim.</summary>
internal static class Cose
{
    public const int Sign1Tag = 18;
    public const int CwtTag = 61;
    public const int Algorithm = 1;
    public const int Kid = 4;
    public const int KidLength = 8;
    public const int Issuer = 1;
    public const int ExpiresAt = 4;
    public const int IssuedAt = 6;
    public const int Hcert = -260;
    public const int DccVersion1 = 1;
}
