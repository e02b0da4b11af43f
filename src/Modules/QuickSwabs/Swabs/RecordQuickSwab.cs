using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Swabs;

/// <summary>A whole test that was done elsewhere: in a pharmacy's own software, or at a desk without network. Sent again with the same
/// <see cref="Id"/>, it is the same test.</summary>
[Requires(QuickSwabsModule.MayRecord)]
internal sealed record RecordQuickSwab : QuickSwabOrder, ICommand<RecordedSwab>
{
    /// <summary>A device's clock may be a little ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public DateTimeOffset? CollectedAt { get; init; }
    public DateTimeOffset? ResultAt { get; init; }
    public QuickSwabResult? Result { get; init; }

    internal sealed class Validator : QuickSwabOrderValidator<RecordQuickSwab>
    {
        public Validator()
        {
            RuleFor(c => c.CollectedAt).NotNull().WithMessage("Indichi quando è stato fatto il prelievo.");
            RuleFor(c => c.ResultAt).NotNull().WithMessage("Indichi quando è stato letto l'esito.");
            RuleFor(c => c.Result).NotNull().WithMessage("Scelga l'esito.").IsInEnum().WithMessage("Scelga l'esito.");
        }
    }

    internal sealed class Handler(QuickSwabsDb db, SwabDesk desk, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<RecordQuickSwab, RecordedSwab>
    {
        public Task<RecordedSwab> Handle(RecordQuickSwab request, CancellationToken cancellationToken) => db.OnceMore(() => Record(request, cancellationToken));

        private async Task<RecordedSwab> Record(RecordQuickSwab request, CancellationToken cancellation)
        {
            if (await db.Swabs.AsNoTracking().Within(QuickSwab.Desk, user, QuickSwabsModule.MayRecord).SingleOrDefaultAsync(s => s.Id == request.Id, cancellation) is { } known)
                return RecordedSwab.Of(known, already: true);
            var now = clock.GetUtcNow();
            var (collected, read) = (request.CollectedAt!.Value, request.ResultAt!.Value);
            if (collected > now + Ahead || read > now + Ahead)
                throw new Refusal("in-the-future", "Prelievo ed esito non possono essere nel futuro: controlli l'ora del dispositivo.") { Kind = RefusalKind.Unprocessable };
            var days = region.QuickSwabs.Limit(QuickSwabRules.LateDays, region.DayOf(now));
            if (collected < now.AddDays(-days))
                throw new Refusal("too-late", "Un test si può inviare entro {0} giorni.", days) { Kind = RefusalKind.Unprocessable };
            var swab = await desk.Begin(request, collected.UtcDateTime, QuickSwabsModule.MayRecord, cancellation);
            await desk.Read(swab, request.Result!.Value, read.UtcDateTime, cancellation);
            await db.SaveChangesAsync(cancellation);
            return RecordedSwab.Of(swab, already: false);
        }
    }
}

/// <param name="Molecular">A molecular swab is to confirm it: its request is open.</param>
/// <param name="Already">It had been recorded before.</param>
internal sealed record RecordedSwab(Guid Id, QuickSwabResult? Result, bool ConfirmsCase, bool Molecular, Guid? RequestId, bool Already)
{
    public static RecordedSwab Of(QuickSwab swab, bool already) =>
        new(swab.Id, swab.Result, swab.Meaning == PositiveMeaning.Confirms, swab.Meaning == PositiveMeaning.Molecular, swab.RequestId, already);
}
