using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Archive;

/// <summary>The public-health office asks to read one person's negative tests back, and says why. Nothing is looked up yet.</summary>
[Requires(QuickSwabsModule.MayAskArchive)]
internal sealed record AskArchive : ICommand<Guid>, IPaced
{
    public Guid Id { get; init; }
    public string? FiscalCode { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<AskArchive>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale della persona.").MaximumLength(20).WithMessage("Il codice è troppo lungo.");
            RuleFor(c => c.Reason).NotEmpty().WithMessage("Scriva perché serve.").MaximumLength(ArchiveReading.ReasonLength).WithMessage("Al massimo 300 caratteri.");
        }
    }

    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<AskArchive, Guid>
    {
        public async Task<Guid> Handle(AskArchive request, CancellationToken cancellationToken)
        {
            if (await db.Readings.AnyAsync(r => r.Id == request.Id, cancellationToken))
                return request.Id;
            var finder = await ArchiveFinder.Open(db, cancellationToken);
            db.Readings.Add(new()
            {
                Id = request.Id, Finder = finder.Of(request.FiscalCode!), Reason = request.Reason!.Trim(), AskedBy = user.Id!.Value, AskedByName = user.DisplayName,
                AskedAt = clock.GetUtcNow().UtcDateTime,
            });
            await db.SaveChangesAsync(cancellationToken);
            return request.Id;
        }
    }
}

/// <summary>One's own requests to the archive, the newest first.</summary>
[Requires(QuickSwabsModule.MayAskArchive)]
internal sealed record MyReadings : IQuery<IReadOnlyList<ArchiveReading>>
{
    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user) : IRequestHandler<MyReadings, IReadOnlyList<ArchiveReading>>
    {
        public async Task<IReadOnlyList<ArchiveReading>> Handle(MyReadings request, CancellationToken cancellationToken) =>
            await db.Readings.AsNoTracking().Where(r => r.AskedBy == user.Id).OrderByDescending(r => r.AskedAt).Take(100).ToListAsync(cancellationToken);
    }
}
