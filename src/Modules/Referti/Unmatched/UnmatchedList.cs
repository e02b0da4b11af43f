using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Referti.Unmatched;

/// <summary>The results that wait for a person, oldest first; those dealt with, newest first.</summary>
[Requires(RefertiModule.WorkQueue)]
internal sealed record UnmatchedList(string? Text, string? Reason, UnmatchedState State) : ListQuery<UnmatchedRow>
{
    private static readonly Orders<UnmatchedReport> Order = new Orders<UnmatchedReport>(u => u.Id)
        .By("received", u => u.ReceivedAt).By("decided", u => u.DecidedAt).By("name", u => u.SearchName).By("reason", u => u.ReasonCode);

    public override string StandingSort => State == UnmatchedState.Open ? "received" : "-decided";

    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<UnmatchedList, Listing<UnmatchedRow>>
    {
        public Task<Listing<UnmatchedRow>> Handle(UnmatchedList request, CancellationToken cancellationToken)
        {
            var all = db.Unmatched.AsNoTracking().Within(UnmatchedReport.Scope, user, RefertiModule.WorkQueue).Where(u => u.State == request.State);
            if (!string.IsNullOrEmpty(request.Reason))
                all = all.Where(u => u.ReasonCode == request.Reason);
            if (SearchText.Of(request.Text) is { Length: > 0 } text)
            {
                var code = text.Replace(" ", "", StringComparison.Ordinal);
                var number = $"|{request.Text!.Trim().ToUpperInvariant()}|";
                all = all.Where(u => u.SearchName.Contains(text) || u.FiscalCode == code || u.Numbers.Contains(number));
            }

            return all.List(request, Order, sorted => sorted.Select(u => new UnmatchedRow(
                u.Id, u.SearchName, u.FiscalCode, u.BirthDate, u.TestType, u.ReasonCode, u.LabCode, u.ReceivedAt, u.PatientId, u.MessageId)), cancellationToken);
        }
    }
}

/// <param name="Name">As the message has it, upper case without accents.</param>
[Shows(FieldClass.Identity, "Name", "FiscalCode", "BirthDate")]
[Shows(FieldClass.Work, "TestType", "ReasonCode", "LabCode", "ReceivedAt")]
internal sealed record UnmatchedRow(
    Guid Id, string Name, string? FiscalCode, DateOnly? BirthDate, TestType? TestType, string ReasonCode, string LabCode, DateTime ReceivedAt, Guid? PatientId,
    Guid MessageId) : IOfPatient
{
    public Guid? PatientOfRow => PatientId;
    public Guid? RecordOfRow => MessageId;
}

/// <summary>The reasons for which results wait, or waited, within the asker's scope.</summary>
[Requires(RefertiModule.WorkQueue)]
internal sealed record UnmatchedReasons(UnmatchedState State) : IQuery<IReadOnlyList<string>>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<UnmatchedReasons, IReadOnlyList<string>>
    {
        public async Task<IReadOnlyList<string>> Handle(UnmatchedReasons request, CancellationToken cancellationToken) =>
            await db.Unmatched.Within(UnmatchedReport.Scope, user, RefertiModule.WorkQueue).Where(u => u.State == request.State)
                .Select(u => u.ReasonCode).Distinct().ToListAsync(cancellationToken);
    }
}
