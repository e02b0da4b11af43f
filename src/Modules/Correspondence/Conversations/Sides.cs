using FluentValidation;
using MediatR;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Correspondence.Contracts;
using Platform.Patients.Contracts;

namespace Platform.Correspondence.Conversations;

/// <summary>Who writes, and to whom it may go.</summary>
internal static class Sides
{
    /// <summary>The offices in whose name the user writes.</summary>
    public static IReadOnlyList<string> Offices(this ICurrentUser user) => user.Codes(ScopeKind.Asl);

    /// <summary>The lists in whose doctor's name the user writes: her own, and those lent to her.</summary>
    public static IReadOnlyList<string> Lists(this ICurrentUser user) => user.Codes(ScopeKind.GpList);

    /// <exception cref="Refusal"><c>no-doctor</c>; not found where no side of hers has the person in its scope.</exception>
    /// <exception cref="ValidationException">Beside the field of who it goes to.</exception>
    public static async Task<(Side From, string Asl, string List, string Doctor)> Of(
        ICurrentUser user, string? to, string? ownList, PatientSummary? person, Region region, IMediator mediator, CancellationToken cancellation)
    {
        var (offices, lists) = (user.Offices(), user.Lists());
        if (person is not null)
        {
            var hers = person.OtherAsls.Prepend(person.AslCode).ToList();
            // Who has opened her outside her scope reads, and writes nothing about her.
            var office = offices.FirstOrDefault(hers.Contains);
            var asDoctor = person.GpCode is { } gp && lists.Contains(gp);
            if (office is null && !asDoctor)
                throw Refusal.NotFound();
            var list = person.GpCode ?? throw new Refusal("no-doctor", "Questa persona non è nella lista di alcun medico: non c’è a chi scrivere.");
            if (office is null && to is { Length: > 0 } asked && !hers.Contains(asked))
                throw Wrong("Questa ASL non ha in carico la persona.");
            var asl = office ?? (to is { Length: > 0 } chosen ? chosen : person.AslCode);
            return (office is null ? Side.Doctor : Side.Office, asl, list, await NameOf(list, mediator, cancellation) ?? list);
        }

        if (offices.Count > 0)
        {
            var doctor = (await mediator.Send(new DoctorsInService(offices), cancellation)).FirstOrDefault(d => d.Code == to) ?? throw Wrong("Scelga il medico.");
            return (Side.Office, doctor.AslCode, doctor.Code, doctor.Name);
        }

        if (lists.Count == 0)
            throw Refusal.Forbidden();
        if (to is null || region.FindAsl(to) is null)
            throw Wrong("Scelga l’ASL.");
        var own = lists.FirstOrDefault(l => l == ownList) ?? lists[0];
        return (Side.Doctor, to, own, await NameOf(own, mediator, cancellation) ?? own);
    }

    /// <summary>Puts the message in the conversation; what is told leaves with the same save.</summary>
    public static void Write(this CorrespondenceDb db, Guid id, Conversation conversation, Side from, string text, ICurrentUser user, DateTime now)
    {
        db.Messages.Add(new()
        {
            Id = id, ConversationId = conversation.Id, PatientId = conversation.PatientId, At = now, From = from,
            ById = user.Id, ByName = user.DisplayName, Text = text.Trim(),
        });
        db.Tell(new MessageWritten(conversation.Id, id, conversation.AslCode, conversation.ListCode, from == Side.Doctor));
    }

    private static List<string> Codes(this ICurrentUser user, ScopeKind kind) =>
        [.. user.ScopesOf(CorrespondenceModule.Converse).Where(s => s.Kind == kind).Select(s => s.Code)];

    private static async Task<string?> NameOf(string list, IMediator mediator, CancellationToken cancellation) =>
        (await mediator.Send(new DoctorsInService([], list), cancellation)) is [var doctor, ..] ? doctor.Name : null;

    private static ValidationException Wrong(string why) => new([new(nameof(OpenConversation.To), why)]);
}
