using FluentValidation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.ApiClients;

/// <summary>Facilities that have machines, written as codes: one a line, or with commas or blanks between.</summary>
internal static class FacilityCodes
{
    /// <returns>Null in the place of a code that is none.</returns>
    public static IEnumerable<Scope?> Read(Region region, IEnumerable<IMadePlaces> made, string? text)
    {
        var known = AccountChoices.Scopes(region, made).Where(s => AccountChoices.OfMachine(s.Kind) is not null).ToLookup(s => s.Code, StringComparer.OrdinalIgnoreCase);
        return (text ?? "").Split([',', ';', ' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Select(code => known[code.Contains(':', StringComparison.Ordinal) ? code[(code.IndexOf(':', StringComparison.Ordinal) + 1)..] : code].Select(s => (Scope?)s).FirstOrDefault());
    }

    /// <param name="others">The facilities that the form names elsewhere.</param>
    public static void CodesOfFacilities<T>(this IRuleBuilder<T, string> rule, Region region, IEnumerable<IMadePlaces> made, Func<T, IEnumerable<Scope?>> others) =>
        rule.Custom((text, context) =>
        {
            var all = others(context.InstanceToValidate).Concat(Read(region, made, text)).ToList();
            if (all.Count == 0 || all.Contains(null))
                context.AddFailure("Uno di questi codici non è di un laboratorio, di una farmacia o di una scuola.");
            else if (all.Select(s => s!.Value.Kind).Distinct().Count() > 1)
                context.AddFailure("Le strutture di un client sono tutte dello stesso tipo.");
        });
}
