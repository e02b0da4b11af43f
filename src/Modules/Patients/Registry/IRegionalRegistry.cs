using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Patients.Registry;

/// <summary>The region's own register of people (AURA in Piemonte), or the national one behind it: the one seam through
/// which the platform asks. See docs/regional-registry.md.</summary>
internal interface IRegionalRegistry
{
    /// <summary>False where no address is configured: then nothing of it is shown.</summary>
    bool IsThere { get; }

    /// <returns>Null if nobody there has that code.</returns>
    /// <exception cref="RegistryAbsent">It does not answer, or not as agreed.</exception>
    Task<RegistryPerson?> Find(string code, CancellationToken cancellation);
}

/// <summary>A person as the regional registry knows her.</summary>
/// <param name="FiscalCode">Codice fiscale of today; another than the one asked for when that one was replaced.</param>
/// <param name="Sex"><c>M</c> or <c>F</c>.</param>
/// <param name="BirthPlace">Belfiore code.</param>
/// <param name="Residence">ISTAT code, six digits; of a municipality of any region.</param>
/// <param name="Domicile">The same; null when it is where she resides.</param>
/// <param name="GpCode">Regional code of her doctor.</param>
[Shows(FieldClass.Identity, "FiscalCode", "FamilyName", "GivenName", "Sex", "BirthDate", "BirthPlace", "DiedOn")]
[Shows(FieldClass.Address, "Residence", "Address", "Domicile")]
[Shows(FieldClass.Care, "GpCode")]
internal sealed record RegistryPerson(
    string? FiscalCode, string? FamilyName, string? GivenName, string? Sex, DateOnly? BirthDate, string? BirthPlace, string? Residence,
    string? Address, string? Domicile, string? GpCode, DateOnly? DiedOn)
{
    /// <summary>It may end up in a log.</summary>
    public override string ToString() => nameof(RegistryPerson);
}

/// <summary>The regional registry does not answer: people are registered by hand meanwhile.</summary>
internal sealed class RegistryAbsent(string why, Exception? cause = null) : Exception(why, cause);
