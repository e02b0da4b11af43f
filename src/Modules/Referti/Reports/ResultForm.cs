using FluentValidation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>What an operator writes of a result. Times are of the wall clock.</summary>
internal interface IResultForm
{
    ReportResult? Result { get; }
    DateTime? CollectedAt { get; }
    DateTime? ReceivedAt { get; }
    DateTime? ReportedAt { get; }
    string? Details { get; }
    string? Note { get; }
}

/// <summary>A page that shows the fields of a result.</summary>
internal interface IResultFormPage
{
    IResultForm Form { get; }
    IEnumerable<SelectListItem> Results { get; }
}

internal static class ResultForms
{
    public static Finding AsFinding(this IResultForm form, Guid versionId, TestType type, Region region) =>
        new(versionId, form.Result!.Value, type, null, null, null, null, null,
            Utc(form.CollectedAt, region), Utc(form.ReceivedAt, region), Utc(form.ReportedAt, region),
            form.Details?.Trim(), form.Note?.Trim(), null, null);

    public static DateTime? Utc(DateTime? local, Region region) =>
        local is { } at ? region.UtcOf(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at)) : null;
}

internal sealed class ResultFormValidator<T> : AbstractValidator<T>
    where T : IResultForm
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public ResultFormValidator(Region region, TimeProvider clock)
    {
        RuleFor(r => r.Result).NotNull().WithMessage("Scelga l'esito.").IsInEnum().WithMessage("Scelga l'esito.");
        RuleFor(r => r.CollectedAt).NotNull().WithMessage("Indichi quando è stato prelevato il campione.");
        RuleFor(r => r.ReportedAt).NotNull().WithMessage("Indichi quando è stato eseguito l'esame.");
        RuleFor(r => r.CollectedAt).Must(Past).WithMessage("L'orario è nel futuro.");
        RuleFor(r => r.ReceivedAt).Must(Past).WithMessage("L'orario è nel futuro.");
        RuleFor(r => r.ReportedAt).Must(Past).WithMessage("L'orario è nel futuro.");
        RuleFor(r => r.ReceivedAt).Must((form, at) => at is null || form.CollectedAt is null || at >= form.CollectedAt)
            .WithMessage("Il ricevimento precede il prelievo.");
        RuleFor(r => r.ReportedAt).Must((form, at) => at is null || (form.ReceivedAt ?? form.CollectedAt) is not { } before || at >= before)
            .WithMessage("L'esame precede il ricevimento del campione.");
        RuleFor(r => r.Details).MaximumLength(ReportVersion.DetailsLength).WithMessage("Il testo è troppo lungo.");
        RuleFor(r => r.Note).MaximumLength(ReportVersion.NoteLength).WithMessage("Il testo è troppo lungo.");

        bool Past(DateTime? local) => ResultForms.Utc(local, region) is not { } at || at <= clock.GetUtcNow().UtcDateTime + ClockTolerance;
    }
}
