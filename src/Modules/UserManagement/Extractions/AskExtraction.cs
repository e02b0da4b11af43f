using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;

namespace Platform.UserManagement.Extractions;

/// <summary>An analyst asks for rows of a period, and says what for.</summary>
[Requires(UserManagementModule.AskExtractions)]
internal sealed record AskExtraction : ICommand<Guid>
{
    private const int LeastPurpose = 20;
    private const int LongestYears = 3;

    public Guid Id { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public List<string> Kinds { get; init; } = [];
    public TableFormat Format { get; init; }
    public string? Purpose { get; init; }
    public string? Project { get; init; }

    internal sealed class Validator : AbstractValidator<AskExtraction>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(c => c.Id).NotEmpty();
            RuleFor(c => c.From).NotNull().WithMessage("Indichi il primo giorno.");
            RuleFor(c => c.To).NotNull().WithMessage("Indichi l'ultimo giorno.")
                .Must((c, to) => to is null || c.From is null || to >= c.From).WithMessage("L'ultimo giorno viene prima del primo.")
                .Must(to => to is null || to <= region.DayOf(clock.GetUtcNow())).WithMessage("L'ultimo giorno non può essere nel futuro.")
                .Must((c, to) => to is null || c.From is null || c.From > DateOnly.MaxValue.AddYears(-LongestYears - 1) || to <= c.From.Value.AddYears(LongestYears)).WithMessage("Il periodo è di tre anni al massimo.");
            RuleFor(c => c.Kinds).NotEmpty().WithMessage("Scelga almeno un tipo di dati.");
            RuleFor(c => c.Format).IsInEnum();
            RuleFor(c => c.Purpose).Must(p => p?.Trim() is { Length: >= LeastPurpose and <= Extraction.PurposeLength }).WithMessage("Dica a che cosa serve, in 20 caratteri almeno.");
            RuleFor(c => c.Project).MaximumLength(Extraction.ProjectLength).WithMessage("Il nome del progetto è troppo lungo.");
        }
    }

    internal sealed class Handler(UserManagementDb db, IEnumerable<IExtracted> extracted, ICurrentUser user, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<AskExtraction, Guid>
    {
        public async Task<Guid> Handle(AskExtraction request, CancellationToken cancellationToken)
        {
            var known = extracted.Select(e => e.Name).Order(StringComparer.Ordinal).ToList();
            if (request.Kinds.Except(known).Any())
                throw new ValidationException([new(nameof(Kinds), "Questo tipo di dati non c'è.")]);
            db.Extractions.Add(new()
            {
                Id = request.Id, AskedById = user.Id!.Value, AskedByName = user.DisplayName, AskedAt = clock.GetUtcNow().UtcDateTime, Purpose = request.Purpose!.Trim(),
                From = request.From!.Value, To = request.To!.Value, Kinds = string.Join(' ', known.Intersect(request.Kinds)), Format = request.Format,
                Project = string.IsNullOrWhiteSpace(request.Project) ? null : request.Project.Trim().ToUpperInvariant(),
            });
            db.Note("users.AskExtraction", user.Id.Value);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException twice) when (engine.IsDuplicate(twice))
            {
                // The same form, sent twice.
            }

            return request.Id;
        }
    }
}
