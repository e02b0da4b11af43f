using Platform.BuildingBlocks.ExternalSignIn;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.FiscalCodes;

/// <summary>For rooms below the registry. A place that our list of municipalities lacks is no fault of the person: the check character decides.</summary>
internal sealed class ValidFiscalCodes(IBirthPlaces places, Region region, TimeProvider clock) : IFiscalCodes
{
    public bool IsValid(string code)
    {
        var reading = FiscalCode.Read(code, places, region.DayOf(clock.GetUtcNow()));
        return reading.Valid
            || (reading.Reason is FiscalCodeFault.PlaceUnknown or FiscalCodeFault.PlaceNotAtThatDate && FiscalCode.CheckCharacter(code.AsSpan(0, 15)) == code[15]);
    }
}
