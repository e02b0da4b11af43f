using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Campaigns;

/// <summary>A group of people whose turn comes at an instant: added to a campaign, or changed.</summary>
[Requires(VaccinationModule.MayManage)]
internal sealed record SaveGroup : ICommand<Guid>
{
    /// <summary>Made by the form for a new one: sent twice, it is one group.</summary>
    public Guid Id { get; init; }

    public string? Campaign { get; init; }
    public string? NameIt { get; init; }
    public string? NameEn { get; init; }
    public int? Priority { get; init; }
    public DateOnly? BornFrom { get; init; }
    public DateOnly? BornUntil { get; init; }
    public string? Category { get; init; }
    public GroupDoses Doses { get; init; }

    /// <summary>Wall-clock day and time, here.</summary>
    public DateOnly? OpensOn { get; init; }

    public TimeOnly? OpensTime { get; init; }

    /// <summary>The last day; null while it does not end.</summary>
    public DateOnly? LastDay { get; init; }

    internal sealed class Validator : AbstractValidator<SaveGroup>
    {
        public Validator(Region region)
        {
            RuleFor(g => g.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(g => g.NameIt).NotEmpty().WithMessage("Scriva il nome.").MaximumLength(Campaigns.Campaign.NameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(g => g.NameEn).NotEmpty().WithMessage("Scriva il nome.").MaximumLength(Campaigns.Campaign.NameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(g => g.Priority).NotNull().InclusiveBetween(1, 1000).WithMessage("La priorità va da 1 a 1000: 1 viene prima.");
            RuleFor(g => g.Category).Must(c => string.IsNullOrEmpty(c) || region.Vaccination.Categories.Any(k => k.Code == c)).WithMessage("Scelga una categoria dell’elenco.");
            RuleFor(g => g.Doses).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(g => g.BornUntil).Must((g, until) => until is null || g.BornFrom is null || until >= g.BornFrom).WithMessage("La fine viene prima dell’inizio.");
            RuleFor(g => g.OpensOn).NotNull().WithMessage("Indichi il giorno di apertura.").Must(IsNear).WithMessage("Indichi un giorno entro il 2099.");
            RuleFor(g => g.LastDay).Must((g, last) => last is null || g.OpensOn is null || last >= g.OpensOn).WithMessage("La fine viene prima dell’inizio.").Must(IsNear).WithMessage("Indichi un giorno entro il 2099.");
        }

        private static bool IsNear(DateOnly? day) => day is null || (day.Value.Year >= 2020 && day.Value.Year < 2100);
    }

    internal sealed class Handler(VaccinationDb db, CampaignBook book, Region region) : IRequestHandler<SaveGroup, Guid>
    {
        public Task<Guid> Handle(SaveGroup request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            if (!await db.Campaigns.AnyAsync(c => c.Code == request.Campaign, cancellationToken))
                throw Refusal.NotFound();
            var group = await db.Groups.SingleOrDefaultAsync(g => g.Id == request.Id, cancellationToken);
            if (group is null)
                db.Add(group = new() { Id = request.Id, CampaignCode = request.Campaign! });
            else if (group.CampaignCode != request.Campaign)
                throw Refusal.NotFound();
            (group.NameIt, group.NameEn, group.Priority) = (request.NameIt!.Trim(), request.NameEn!.Trim(), request.Priority!.Value);
            (group.BornFrom, group.BornUntil, group.Category) = (request.BornFrom, request.BornUntil, string.IsNullOrEmpty(request.Category) ? null : request.Category);
            group.Doses = request.Doses;
            group.OpensAt = region.UtcOf(request.OpensOn!.Value, request.OpensTime ?? TimeOnly.MinValue);
            group.ClosesAt = request.LastDay is { } last ? region.UtcOf(last.AddDays(1), TimeOnly.MinValue) : null;
            await db.SaveChangesAsync(cancellationToken);
            book.Forget();
            return group.Id;
        });
    }
}
