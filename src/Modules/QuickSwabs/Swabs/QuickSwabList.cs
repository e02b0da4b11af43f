using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Swabs;

/// <summary>The tests that the asker did, or of whom she is in charge, the newest first.</summary>
[Requires(QuickSwabsModule.MayRead)]
internal sealed record QuickSwabList : ListQuery<QuickSwabRow>
{
    private static readonly Orders<QuickSwab> Order = new Orders<QuickSwab>(s => s.Id)
        .By("collected", s => s.CollectedAt).By("name", s => s.SearchName).By("point", s => s.PointCode);

    public override string StandingSort => "-collected";

    /// <summary>Beginning of the name, or the whole codice fiscale.</summary>
    public string? Text { get; init; }

    public QuickSwabResult? Result { get; init; }
    public QuickSwabState? State { get; init; }
    public string? Point { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, Region region) : IRequestHandler<QuickSwabList, Listing<QuickSwabRow>>
    {
        public Task<Listing<QuickSwabRow>> Handle(QuickSwabList request, CancellationToken cancellationToken)
        {
            var found = db.Swabs.AsNoTracking().Within(QuickSwab.Scope, user, QuickSwabsModule.MayRead);
            if (request.Result is { } result)
                found = found.Where(s => s.Result == result && s.State != QuickSwabState.Annulled);
            if (request.State is { } state)
                found = found.Where(s => s.State == state);
            if (!string.IsNullOrEmpty(request.Point))
                found = found.Where(s => s.PointCode == request.Point);
            if (request.From is { } from && region.UtcOf(from, TimeOnly.MinValue) is var begin)
                found = found.Where(s => s.CollectedAt >= begin);
            if (request.To is { } to && region.UtcOf(to.AddDays(1), TimeOnly.MinValue) is var end)
                found = found.Where(s => s.CollectedAt < end);
            var text = request.Text?.Trim() ?? "";
            if (text.Length > 0)
            {
                var (name, code) = (SearchText.Of(text), text.ToUpperInvariant());
                found = found.Where(s => s.SearchName!.StartsWith(name) || s.FiscalCode == code);
            }

            return found.List(request, Order, sorted => sorted.Select(s => new QuickSwabRow(
                s.Id, s.PatientId, s.FamilyName, s.GivenName, s.FiscalCode, s.CollectedAt, s.PointCode, s.DeviceName, s.State, s.Result, s.Meaning)), cancellationToken, search: text.Length > 0);
        }
    }
}

/// <inheritdoc cref="QuickSwab"/>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode")]
[Shows(FieldClass.Work, "CollectedAt", "PointCode", "DeviceName", "State", "Result", "Meaning")]
internal sealed record QuickSwabRow(
    Guid Id, Guid? PatientId, string? FamilyName, string? GivenName, string? FiscalCode, DateTime CollectedAt, string PointCode, string DeviceName,
    QuickSwabState State, QuickSwabResult? Result, PositiveMeaning? Meaning) : IOfPatient
{
    public Guid? PatientOfRow => PatientId;
    public Guid? RecordOfRow => Id;
}
