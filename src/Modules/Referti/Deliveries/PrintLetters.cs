using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.Referti.Collection;

namespace Platform.Referti.Deliveries;

/// <summary>The letters that wait are printed together, oldest first, each with a code of its own. With the id of a printing that
/// was made already it is printed again.</summary>
[Requires(RefertiModule.Deliver)]
internal sealed record PrintLetters : ICommand<PrintedLetters>
{
    public const int Most = 100;

    /// <summary>Made by the form: sent twice, it is one printing.</summary>
    public Guid Id { get; init; }

    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<PrintLetters>
    {
        public Validator()
        {
            RuleFor(p => p.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
        }
    }

    internal sealed class Handler(RefertiDb db, IMediator mediator, ICurrentUser user, Region region, Texts texts, IConfiguration configuration, TimeProvider clock)
        : IRequestHandler<PrintLetters, PrintedLetters>
    {
        public async Task<PrintedLetters> Handle(PrintLetters request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var asl = user.ScopesOf(RefertiModule.Deliver).Where(s => s.Kind == ScopeKind.Asl).Select(s => s.Code).FirstOrDefault() ?? throw Refusal.Forbidden();
            var run = await db.LetterRuns.SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken);
            if (run is not null && !await db.LetterRuns.Within(LetterRun.Scope, user, RefertiModule.Deliver).AnyAsync(r => r.Id == request.Id, cancellationToken))
                throw Refusal.NotFound();
            var waiting = db.Deliveries.Within(Delivery.Scope, user, RefertiModule.Deliver).Where(d => d.Channel == DeliveryChannel.Letter);
            var letters = run is null
                ? await waiting.Where(d => d.State == DeliveryState.Waiting && d.AslCode == asl).OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).Take(Most).ToListAsync(cancellationToken)
                : await waiting.Where(d => d.RunId == run.Id).OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).ToListAsync(cancellationToken);

            var known = configuration["Platform:Address"] is { Length: > 0 };
            using var paper = new CollectionPaper(region, texts, known ? PlatformAddress.Of(configuration) : request.Address);
            var printed = 0;
            foreach (var letter in letters)
                printed += await Add(paper, letter, request.Id, now, cancellationToken) ? 1 : 0;
            if (printed > 0)
                Note(run, request.Id, asl, printed, now);
            await db.SaveChangesAsync(cancellationToken);
            // What has no address was noted as failed, also when nothing is left to print.
            return printed > 0 ? new(paper.Save(), printed) : throw new Refusal("no-letters", "Non ci sono lettere da stampare.");
        }

        private async Task<bool> Add(CollectionPaper paper, Delivery letter, Guid run, DateTime now, CancellationToken cancellation)
        {
            if (await mediator.Send(new PatientById(letter.PatientId), cancellation) is not { } person)
            {
                letter.Fail(Delivery.PersonUnknown, now);
                return false;
            }

            if (await mediator.Send(new PostalAddressOf(person.Id), cancellation) is not { } address)
            {
                letter.Fail(Delivery.NoAddress, now);
                return false;
            }

            var asked = await db.Reports.Where(r => r.Id == letter.ReportId).Select(r => r.RequestId).SingleAsync(cancellation);
            var (row, code) = CollectionCode.Make(person.Id, asked, letter.ReportId, "letter", clock.GetUtcNow(), region);
            db.CollectionCodes.Add(row);
            letter.Printed(run, now);
            paper.Add(person, code, address, region.DayOf(clock.GetUtcNow()));
            return true;
        }

        private void Note(LetterRun? run, Guid id, string asl, int printed, DateTime now)
        {
            if (run is null)
                db.LetterRuns.Add(new() { Id = id, AslCode = asl, At = now, ByName = user.DisplayName, Letters = printed, Times = 1 });
            else
                (run.At, run.ByName, run.Letters, run.Times) = (now, user.DisplayName, printed, run.Times + 1);
        }
    }
}

internal sealed record PrintedLetters(byte[] Pdf, int Letters);
