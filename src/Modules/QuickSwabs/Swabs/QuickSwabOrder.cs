using System.Linq.Expressions;
using FluentValidation;

namespace Platform.QuickSwabs.Swabs;

/// <summary>Who is tested, where, with what and why: alike for a test that begins now and for one that was done elsewhere.</summary>
internal abstract record QuickSwabOrder
{
    /// <summary>The test's own: sent again with the same, it is the same test.</summary>
    public Guid Id { get; init; }

    /// <summary>Codice fiscale, STP or ENI, as the card has it.</summary>
    public string? FiscalCode { get; init; }

    public string? FamilyName { get; init; }
    public string? GivenName { get; init; }
    public DateOnly? BirthDate { get; init; }

    /// <summary>Name or ISTAT code of the municipality; only of who is not in the registry yet.</summary>
    public string? Residence { get; init; }

    public string? Email { get; init; }
    public string? Phone { get; init; }

    /// <summary>May be left out by a machine that works at one alone.</summary>
    public string? PointCode { get; init; }

    /// <summary>Number of the common list of the EU.</summary>
    public string? DeviceJrc { get; init; }

    public string? Lot { get; init; }
    public DateOnly? KitExpiry { get; init; }
    public bool Symptoms { get; init; }
    public DateOnly? SymptomsSince { get; init; }

    /// <summary>Contact of a known case.</summary>
    public bool Link { get; init; }
}

internal abstract class QuickSwabOrderValidator<T> : AbstractValidator<T>
    where T : QuickSwabOrder
{
    protected QuickSwabOrderValidator()
    {
        RuleFor(c => c.Id).NotEmpty().WithMessage("Manca l'identificativo del test.");
        RuleFor(c => c.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale, o il codice STP o ENI.").MaximumLength(20).WithMessage("Il codice è troppo lungo.");
        this.RuleForKit(c => c.DeviceJrc, c => c.Lot, c => c.KitExpiry);
    }
}

internal static class KitRules
{
    public static void RuleForKit<T>(this AbstractValidator<T> validator, Expression<Func<T, string?>> device, Expression<Func<T, string?>> lot, Expression<Func<T, DateOnly?>> expiry)
    {
        validator.RuleFor(device).NotEmpty().WithMessage("Scelga il dispositivo.");
        validator.RuleFor(lot).NotEmpty().WithMessage("Scriva il lotto del kit.").MaximumLength(QuickSwab.LotLength).WithMessage("Al massimo 40 caratteri.");
        validator.RuleFor(expiry).NotNull().WithMessage("Indichi la scadenza del kit.");
    }
}
