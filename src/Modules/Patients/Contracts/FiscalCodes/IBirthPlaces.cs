namespace Platform.Patients.Contracts.FiscalCodes;

/// <summary>The register of the places a person can be born in: Italian municipalities, suppressed ones too, and foreign states.</summary>
public interface IBirthPlaces
{
    /// <param name="code">Belfiore code, upper case, one letter and three digits: <c>H501</c>, <c>Z129</c>.</param>
    /// <returns>The place, or null when no such code was ever given out.</returns>
    BirthPlaceLife? Find(string code);

    /// <summary>Every place there ever was, in no order.</summary>
    IReadOnlyCollection<BirthPlaceLife> All { get; }
}

/// <summary>A place and the spans in which it existed.</summary>
/// <param name="Code">Belfiore code.</param>
/// <param name="Name">Its latest name.</param>
/// <param name="Province">Two-letter province of a municipality, or the country; empty when not known.</param>
/// <param name="Lives">First and last day of each span, both included. A null end is open on that side.</param>
public sealed record BirthPlaceLife(
    string Code, string Name, string Province, IReadOnlyList<(DateOnly? From, DateOnly? To)> Lives)
{
    public bool ExistedOn(DateOnly date)
    {
        foreach (var (from, to) in Lives)
        {
            if ((from is null || from <= date) && (to is null || date <= to))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Where a person was born, as a codice fiscale tells it.</summary>
/// <param name="Code">Belfiore code.</param>
/// <param name="Name">The place's latest name.</param>
/// <param name="Province">Two-letter province of a municipality, or the country; empty when not known.</param>
public sealed record BirthPlace(string Code, string Name, string Province);
