using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Extractions;

/// <summary>An analyst's own extractions; all of them for the privacy officer. The newest first.</summary>
[Requires(UserManagementModule.SeeExtractions)]
internal sealed record ExtractionList(int Page) : IQuery<Listing<Extraction>>
{
    internal sealed class Handler(UserManagementDb db, ICurrentUser user) : IRequestHandler<ExtractionList, Listing<Extraction>>
    {
        public Task<Listing<Extraction>> Handle(ExtractionList request, CancellationToken cancellationToken) =>
            db.Extractions.AsNoTracking().SeenBy(user).OrderByDescending(e => e.AskedAt).ThenBy(e => e.Id).ToListing(request.Page, Listings.DefaultSize, cancellationToken);
    }
}

/// <summary>The privacy officer says yes or no; with the yes, a project's pseudonyms may be the same from now on.</summary>
[Requires(UserManagementModule.DecideExtractions)]
internal sealed record DecideExtraction(Guid Id, bool Approved, string? Why = null) : ICommand<Unit>
{
    internal sealed class Handler(UserManagementDb db, Pseudonyms pseudonyms, ICurrentUser user, TimeProvider clock) : IRequestHandler<DecideExtraction, Unit>
    {
        public async Task<Unit> Handle(DecideExtraction request, CancellationToken cancellationToken)
        {
            var extraction = await db.Extractions.FirstOrDefaultAsync(e => e.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var why = string.IsNullOrWhiteSpace(request.Why) ? null : request.Why.Trim();
            if (why?.Length > Extraction.WhyLength)
                throw new Refusal("why-too-long", "Il motivo è troppo lungo: 300 caratteri al massimo.") { Kind = RefusalKind.Unprocessable };
            extraction.Decide(request.Approved, why, user.Id!.Value, user.DisplayName, clock.GetUtcNow().UtcDateTime);
            if (request.Approved && extraction.Project is { } project)
                await pseudonyms.Allow(project, user.DisplayName, cancellationToken);
            db.Note(request.Approved ? "users.ApproveExtraction" : "users.RefuseExtraction", extraction.AskedById);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Who asked for it, and nobody else, downloads it while it is there. Each time is a line in the audit, with the purpose.</summary>
[Requires(UserManagementModule.AskExtractions)]
internal sealed record DownloadExtraction(Guid Id) : ICommand<Stream>
{
    internal sealed class Handler(UserManagementDb db, ExtractionFile file, ICurrentUser user, TimeProvider clock) : IRequestHandler<DownloadExtraction, Stream>
    {
        public async Task<Stream> Handle(DownloadExtraction request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var extraction = await db.Extractions.AsNoTracking()
                .FirstOrDefaultAsync(e => e.Id == request.Id && e.AskedById == user.Id && e.State == ExtractionState.Ready && e.ExpiresAt > now, cancellationToken) ?? throw Refusal.NotFound();
            db.Audit("export", "users.Extraction", [], accounts: [extraction.AskedById], why: extraction.Purpose);
            await db.SaveChangesAsync(cancellationToken);
            return await file.Read(extraction.Id, cancellationToken);
        }
    }
}

internal static class ExtractionsSeen
{
    public static IQueryable<Extraction> SeenBy(this IQueryable<Extraction> extractions, ICurrentUser user) =>
        user.May(UserManagementModule.DecideExtractions) ? extractions : extractions.Where(e => e.AskedById == user.Id);
}

internal sealed class ExtractionCards(UserManagementDb db, ICurrentUser user) : IHomeCards
{
    public async Task<IReadOnlyList<HomeCard>> Of(CancellationToken cancellation)
    {
        var cards = new List<HomeCard>();
        if (user.May(UserManagementModule.DecideExtractions))
        {
            var waiting = await db.Extractions.CountAsync(e => e.State == ExtractionState.Asked, cancellation);
            cards.Add(new HomeCard("Estrazioni da approvare", "Chieste da analisti: si preparano dopo il suo sì.", waiting, "/privacy/extractions", Urgent: false, 310));
        }

        if (user.May(UserManagementModule.AskExtractions))
        {
            var ready = await db.Extractions.CountAsync(e => e.AskedById == user.Id && e.State == ExtractionState.Ready, cancellation);
            cards.Add(new HomeCard("Estrazioni pronte", "Da scaricare prima che scadano.", ready, "/privacy/extractions", Urgent: false, 310));
        }

        return cards;
    }
}
