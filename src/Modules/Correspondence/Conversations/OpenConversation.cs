using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Correspondence.Contracts;
using Platform.Patients.Contracts;

namespace Platform.Correspondence.Conversations;

/// <summary>An office writes to the doctor of a list, or a doctor to the office of an ASL. About a person, only to the one that has her
/// in its scope too.</summary>
/// <returns>The conversation; of a repeated post with the same <see cref="Id"/>, the first one's.</returns>
[Requires(CorrespondenceModule.Converse)]
internal sealed record OpenConversation : ICommand<Guid>, IPaced
{
    /// <summary>Made by the client: the same at each repetition.</summary>
    public Guid Id { get; init; }

    public Guid? PatientId { get; init; }

    /// <summary>To whom: the ASL's code, or the doctor's; about a person her own doctor is meant, and her ASL unless another is named.</summary>
    public string? To { get; init; }

    /// <summary>In whose name a doctor writes who holds several lists; about a person it is hers.</summary>
    public string? List { get; init; }

    public string Subject { get; init; } = "";
    public string Text { get; init; } = "";
    public bool Urgent { get; init; }

    internal sealed class Validator : AbstractValidator<OpenConversation>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.Subject).NotEmpty().WithMessage("Scriva l’oggetto.").MaximumLength(Conversation.SubjectLength).WithMessage("Il testo è troppo lungo.")
                .Must(s => !SubjectLaw.Names(s, null)).WithMessage(SubjectLaw.Broken);
            RuleFor(c => c.Text).NotEmpty().WithMessage("Scriva il messaggio.").MaximumLength(Message.TextLength).WithMessage("Il testo è troppo lungo.");
        }
    }

    internal sealed class Handler(CorrespondenceDb db, IMediator mediator, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock)
        : IRequestHandler<OpenConversation, Guid>
    {
        public async Task<Guid> Handle(OpenConversation request, CancellationToken cancellationToken)
        {
            if (await IsRepeat(request, cancellationToken))
                return request.Id;
            var person = request.PatientId is { } id ? (await mediator.Send(new VisiblePatient(id), cancellationToken)).Patient : null;
            if (SubjectLaw.Names(request.Subject, person))
                throw new ValidationException([new(nameof(Subject), SubjectLaw.Broken)]);
            var (from, asl, list, doctor) = await Sides.Of(user, request.To, request.List, person, region, mediator, cancellationToken);
            var now = clock.GetUtcNow().UtcDateTime;
            var conversation = new Conversation
            {
                Id = request.Id, AslCode = asl, ListCode = list, DoctorName = doctor, PatientId = person?.Id,
                Subject = request.Subject.Trim(), SubjectSearch = SearchText.Of(request.Subject), Urgent = request.Urgent,
                OpenedAt = now, OpenedBy = user.Id, LastAt = now, UnreadByOffice = from == Side.Doctor, UnreadByDoctor = from == Side.Office,
            };
            if (person is null)
                conversation.KnowNobody();
            else
                conversation.Know(person, now);
            db.Conversations.Add(conversation);
            db.Write(StableId.Of(request.Id, "first"), conversation, from, request.Text, user, now);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
            {
                // The button was pressed twice.
                db.ChangeTracker.Clear();
                if (!await IsRepeat(request, cancellationToken))
                    throw Refusal.NotFound();
            }

            return request.Id;
        }

        private Task<bool> IsRepeat(OpenConversation request, CancellationToken cancellation) =>
            db.Conversations.AnyAsync(c => c.Id == request.Id && c.OpenedBy == user.Id, cancellation);
    }
}

/// <summary>Begins a conversation from the person's page.</summary>
internal sealed class OpenConversationAction : IPatientAction
{
    public string Permission => CorrespondenceModule.Converse;
    public string Title => "Scrivi su questa persona";

    public string UrlFor(Guid patientId) => $"/conversations/new?person={patientId}";
}
