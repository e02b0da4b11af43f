using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing.Samples;

/// <summary>The lab scans a tube: it has the sample in its hands. A tube scanned twice is answered as such.</summary>
[Requires(TestingModule.MayReceiveSamples)]
internal sealed record ReceiveSample : ICommand<SampleReception>
{
    public string? AccessionNumber { get; init; }

    internal sealed class Validator : AbstractValidator<ReceiveSample>
    {
        public Validator()
        {
            RuleFor(r => r.AccessionNumber).NotEmpty().WithMessage("Legga il codice a barre del campione.")
                .MaximumLength(40).WithMessage("Il codice letto non è un numero di campione.");
        }
    }

    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<ReceiveSample, SampleReception>
    {
        public Task<SampleReception> Handle(ReceiveSample request, CancellationToken cancellationToken) =>
            db.OnceMore(() => Receive(Samples.AccessionNumber.Normalise(request.AccessionNumber), cancellationToken));

        private async Task<SampleReception> Receive(string number, CancellationToken cancellation)
        {
            // That a tube belongs to another lab may be said to whoever holds it in her hands; nothing of the person is.
            var swab = await db.Requests.Include(r => r.Moves).SingleOrDefaultAsync(r => r.AccessionNumber == number, cancellation)
                ?? throw Unknown(number);
            if (!await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayReceiveSamples).AnyAsync(r => r.Id == swab.Id, cancellation))
                throw new Refusal("sample-of-other-lab", "Il campione {0} è destinato a un altro laboratorio.", number);
            if (swab.State == SwabRequestState.Received)
                return new(number, Already: true);
            var act = user.Act(clock);
            swab.Receive(act);
            if (swab.ShipmentId is { } box)
                await db.Shipments.Where(s => s.Id == box && s.ReceivedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.ReceivedAt, act.At), cancellation);
            db.Tell(new SampleReceived(swab.Id, swab.PatientId, number, swab.LabCode!, act.At));
            await db.SaveChangesAsync(cancellation);
            return new(number, Already: false);
        }

        private static Refusal Unknown(string number) =>
            Samples.AccessionNumber.IsValid(number)
                ? new("sample-unknown", "Il campione {0} non è conosciuto.", number) { Kind = RefusalKind.Unprocessable }
                : new("sample-number-wrong", "Il codice {0} non è un numero di campione: lo legga di nuovo.", number) { Kind = RefusalKind.Unprocessable };
    }
}

/// <param name="AccessionNumber">As it is kept.</param>
/// <param name="Already">It had been received before.</param>
internal sealed record SampleReception(string AccessionNumber, bool Already);
