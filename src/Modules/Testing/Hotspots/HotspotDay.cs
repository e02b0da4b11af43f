using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;
using Platform.Testing.Samples;

namespace Platform.Testing.Hotspots;

/// <summary>Who comes to the hotspot that day, by slot. A search finds the people of the day; by codice fiscale it
/// finds whoever is expected here on whatever day, since people mistake the day.</summary>
[Requires(TestingModule.MayTakeSamples)]
internal sealed record HotspotDay : IQuery<HotspotDayAnswer>
{
    /// <summary>Null for the asker's first.</summary>
    public string? Hotspot { get; init; }

    /// <summary>Null for today.</summary>
    public DateOnly? Day { get; init; }

    public string? Text { get; init; }

    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region, IMediator mediator, TimeProvider clock) : IRequestHandler<HotspotDay, HotspotDayAnswer>
    {
        public async Task<HotspotDayAnswer> Handle(HotspotDay request, CancellationToken cancellationToken)
        {
            var mine = user.ScopesOf(TestingModule.MayTakeSamples).Where(s => s.Kind is ScopeKind.Hotspot or ScopeKind.Usca).Select(s => s.Code).ToList();
            var hotspots = await db.Hotspots.Where(h => mine.Contains(h.Code)).OrderBy(h => h.Name)
                .Select(h => new HotspotChoice(h.Code, h.Name, h.MunicipalityIstat, h.AtHome)).ToListAsync(cancellationToken);
            var hotspot = (request.Hotspot is null ? hotspots.FirstOrDefault() : hotspots.Find(h => h.Code == request.Hotspot)) ?? throw Refusal.NotFound();
            var day = request.Day is { } asked && asked < DateOnly.MaxValue ? asked : region.DayOf(clock.GetUtcNow());
            var (from, to) = (region.UtcOf(day, TimeOnly.MinValue), region.UtcOf(day.AddDays(1), TimeOnly.MinValue));

            var here = db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayTakeSamples)
                .Where(r => r.HotspotCode == hotspot.Code && r.State != SwabRequestState.Cancelled && r.State != SwabRequestState.Requested);
            var ofTheDay = here.Where(r => r.SlotAt >= from && r.SlotAt < to);
            var expected = await ofTheDay.CountAsync(r => r.State == SwabRequestState.Booked || r.State == SwabRequestState.CheckedIn, cancellationToken);
            var taken = await ofTheDay.CountAsync(r => r.AccessionNumber != null, cancellationToken);

            var code = CheckInCode.In(request.Text);
            if (code is not null)
                here = ofTheDay = here.Where(r => r.CheckInCode == code);
            var found = code is not null ? here : await (request.Text is not null && SearchRequests.FiscalCodeIn(request.Text) is not null
                ? here.Where(r => r.State == SwabRequestState.Booked || (r.SlotAt >= from && r.SlotAt < to))
                : ofTheDay).Matching(request.Text, mediator, cancellationToken);
            var people = await found
                .OrderBy(r => r.SlotAt).ThenBy(r => r.Priority).ThenBy(r => r.SearchName)
                .Select(r => new PersonAtHotspot(
                    r.Id, r.PatientId, r.FamilyName, r.GivenName, r.FiscalCode, r.BirthDate, r.TestType, r.State, r.SlotAt!.Value,
                    r.AccessionNumber, r.CheckedInAt, r.HomeAddress, r.HomePhone, r.Note, db.Slots.Where(s => s.Id == r.SlotId).Select(s => s.Place).FirstOrDefault()))
                .ToListAsync(cancellationToken);
            return new(hotspot, hotspots, day, people, expected, taken);
        }
    }
}

/// <param name="SlotAt">UTC.</param>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate")]
[Shows(FieldClass.Address, "HomeAddress")]
[Shows(FieldClass.Contacts, "HomePhone")]
[Shows(FieldClass.Health, "Note")]
[Shows(FieldClass.Work, "TestType", "State", "SlotAt", "AccessionNumber", "CheckedInAt", "Place")]
internal sealed record PersonAtHotspot(
    Guid RequestId, Guid PatientId, string FamilyName, string GivenName, string? FiscalCode, DateOnly BirthDate, TestType TestType,
    SwabRequestState State, DateTime SlotAt, string? AccessionNumber, DateTime? CheckedInAt, string? HomeAddress, string? HomePhone, string? Note, string? Place);

[Shows(FieldClass.Work)]
internal sealed record HotspotDayAnswer(
    HotspotChoice Hotspot, IReadOnlyList<HotspotChoice> Hotspots, DateOnly Day, IReadOnlyList<PersonAtHotspot> People, int Expected, int Taken) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => People.Select(p => p.PatientId);
}
