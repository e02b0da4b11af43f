using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Contracts;

namespace Platform.Referti.Unmatched;

/// <summary>The results that wait for a person, oldest first.</summary>
[Requires(RefertiModule.WorkQueue)]
internal sealed record UnmatchedList(string? Text, string? Reason, UnmatchedState State, int Page) : IQuery<UnmatchedListAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<UnmatchedList, UnmatchedListAnswer>
    {
        public async Task<UnmatchedListAnswer> Handle(UnmatchedList request, CancellationToken cancellationToken)
        {
            var all = db.Unmatched.AsNoTracking().Within(UnmatchedReport.Scope, user, RefertiModule.WorkQueue).Where(u => u.State == request.State);
            var reasons = await all.Select(u => u.ReasonCode).Distinct().ToListAsync(cancellationToken);
            if (!string.IsNullOrEmpty(request.Reason))
                all = all.Where(u => u.ReasonCode == request.Reason);
            if (SearchText.Of(request.Text) is { Length: > 0 } text)
            {
                var code = text.Replace(" ", "", StringComparison.Ordinal);
                var number = $"|{request.Text!.Trim().ToUpperInvariant()}|";
                all = all.Where(u => u.SearchName.Contains(text) || u.FiscalCode == code || u.Numbers.Contains(number));
            }

            var sorted = request.State == UnmatchedState.Open
                ? all.OrderBy(u => u.ReceivedAt).ThenBy(u => u.Id)
                : all.OrderByDescending(u => u.DecidedAt).ThenBy(u => u.Id);
            var rows = await sorted.Select(u => new UnmatchedRow(
                    u.Id, u.SearchName, u.FiscalCode, u.BirthDate, u.TestType, u.ReasonCode, u.LabCode, u.ReceivedAt, u.PatientId, u.MessageId))
                .ToListing(request.Page, Listings.DefaultSize, cancellationToken);
            return new(rows, reasons);
        }
    }
}

/// <param name="Name">As the message has it, upper case without accents.</param>
internal sealed record UnmatchedRow(
    Guid Id, string Name, string? FiscalCode, DateOnly? BirthDate, TestType? TestType, string ReasonCode, string LabCode, DateTime ReceivedAt, Guid? PatientId,
    Guid MessageId);

internal sealed record UnmatchedListAnswer(Listing<UnmatchedRow> Rows, IReadOnlyList<string> Reasons) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Rows.Rows.Select(r => r.PatientId).OfType<Guid>();
    public IEnumerable<Guid> RecordsShown => Rows.Rows.Where(r => r.PatientId is null).Select(r => r.MessageId);
}
