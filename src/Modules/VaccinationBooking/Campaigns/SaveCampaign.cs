using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Defence;

namespace Platform.VaccinationBooking.Campaigns;

/// <summary>The region prepares a campaign, or changes one.</summary>
[Requires(VaccinationModule.MayManage)]
internal sealed record SaveCampaign : ICommand<string>
{
    /// <summary>As in addresses: small letters, digits, dashes.</summary>
    public string? Code { get; init; }

    /// <summary>Of the campaign that was open on the screen; null for a new one.</summary>
    public int? Version { get; init; }

    public string? NameIt { get; init; }
    public string? NameEn { get; init; }
    public string? Disease { get; init; }
    public int? Doses { get; init; } = 2;
    public int? HoldMinutes { get; init; } = 10;
    public int? MovesAtMost { get; init; } = 3;

    /// <summary>Null for none.</summary>
    public BotDefence? Defence { get; init; } = BotDefence.ByLoad;

    internal sealed class Validator : AbstractValidator<SaveCampaign>
    {
        public Validator(Region region)
        {
            RuleFor(c => c.Code).NotEmpty().WithMessage("Scriva il codice della campagna.")
                .Matches("^[a-z0-9][a-z0-9-]{1,19}$").WithMessage("Il codice ha da 2 a 20 lettere minuscole, cifre e trattini.");
            RuleFor(c => c.NameIt).NotEmpty().WithMessage("Scriva il nome.").MaximumLength(Campaign.NameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.NameEn).NotEmpty().WithMessage("Scriva il nome.").MaximumLength(Campaign.NameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.Disease).Must(d => region.Vaccination.Vaccines.Any(v => v.Disease == d)).WithMessage("Scelga la malattia.");
            RuleFor(c => c.Doses).NotNull().InclusiveBetween(1, 2).WithMessage("Le dosi sono 1 o 2.");
            RuleFor(c => c.HoldMinutes).NotNull().InclusiveBetween(1, 60).WithMessage("Da 1 a 60 minuti.");
            RuleFor(c => c.MovesAtMost).NotNull().InclusiveBetween(0, 20).WithMessage("Da 0 a 20 spostamenti.");
            RuleFor(c => c.Defence).IsInEnum().WithMessage("Il valore non è valido.");
        }
    }

    internal sealed class Handler(VaccinationDb db, CampaignBook book) : IRequestHandler<SaveCampaign, string>
    {
        public async Task<string> Handle(SaveCampaign request, CancellationToken cancellationToken)
        {
            var campaign = await db.Campaigns.SingleOrDefaultAsync(c => c.Code == request.Code, cancellationToken);
            if (campaign is null)
                db.Add(campaign = new() { Code = request.Code! });
            else if (request.Version is null && Same(campaign, request))
                return campaign.Code; // The form came twice.
            else if (request.Version != campaign.Version)
                throw request.Version is null ? new Refusal("campaign-exists", "C’è già una campagna con questo codice.") : Refusal.ChangedMeanwhile();
            else if (campaign.State != CampaignState.Draft && (campaign.Doses != request.Doses || campaign.Disease != request.Disease))
                throw new Refusal("campaign-open", "A campagna aperta le dosi e la malattia non cambiano più: chi ha prenotato conta su quello che ha letto.");
            (campaign.NameIt, campaign.NameEn, campaign.Disease, campaign.Doses, campaign.HoldMinutes, campaign.MovesAtMost, campaign.Defence) =
                (request.NameIt!.Trim(), request.NameEn!.Trim(), request.Disease!, request.Doses!.Value, request.HoldMinutes!.Value, request.MovesAtMost!.Value, request.Defence);
            await db.SaveChangesAsync(cancellationToken);
            book.Forget();
            return campaign.Code;
        }

        private static bool Same(Campaign campaign, SaveCampaign request) =>
            (campaign.NameIt, campaign.NameEn, campaign.Disease, campaign.Doses) == (request.NameIt!.Trim(), request.NameEn!.Trim(), request.Disease, request.Doses);
    }
}

/// <summary>A campaign is opened, suspended, opened again or closed for good.</summary>
[Requires(VaccinationModule.MayManage)]
internal sealed record TurnCampaign : ICommand<CampaignState>
{
    public string Code { get; init; } = "";
    public CampaignState To { get; init; }

    internal sealed class Handler(VaccinationDb db, CampaignBook book) : IRequestHandler<TurnCampaign, CampaignState>
    {
        public async Task<CampaignState> Handle(TurnCampaign request, CancellationToken cancellationToken)
        {
            var campaign = await db.Campaigns.SingleOrDefaultAsync(c => c.Code == request.Code, cancellationToken) ?? throw Refusal.NotFound();
            if (campaign.State == request.To)
                return campaign.State;
            campaign.Turn(request.To, await db.Groups.AnyAsync(g => g.CampaignCode == campaign.Code, cancellationToken));
            await db.SaveChangesAsync(cancellationToken);
            book.Forget();
            return campaign.State;
        }
    }
}
