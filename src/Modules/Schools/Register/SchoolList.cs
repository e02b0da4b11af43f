using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Schools.Register;

/// <summary>The schools of the asker's territory, or her own with those of her institute.</summary>
[Requires(SchoolsModule.MayRead)]
internal sealed record SchoolList : ListQuery<SchoolRow>
{
    private static readonly Orders<School> Order = new Orders<School>(s => s.Code)
        .By("name", s => s.SearchName).By("code", s => s.Code).By("place", s => s.MunicipalityIstat);

    public override string StandingSort => "name";

    /// <summary>Part of the name, or the beginning of the code.</summary>
    public string? Text { get; init; }

    public string? Asl { get; init; }

    /// <summary>Part of the municipality's name.</summary>
    public string? Municipality { get; init; }

    public SchoolLevel? Level { get; init; }
    public bool Closed { get; init; }

    internal sealed class Handler(SchoolsDb db, ICurrentUser user, Region region) : IRequestHandler<SchoolList, Listing<SchoolRow>>
    {
        public Task<Listing<SchoolRow>> Handle(SchoolList request, CancellationToken cancellationToken)
        {
            var found = db.Schools.AsNoTracking().Within(School.Scope, user, SchoolsModule.MayRead).Where(s => s.ClosedOn != null == request.Closed);
            if (request.Level is { } level)
                found = found.Where(s => s.Level == level);
            if (request.Asl is { Length: > 0 } asl)
                found = found.Where(s => s.AslCode == asl);
            if (SearchText.Of(request.Municipality) is { Length: > 0 } place)
            {
                var places = region.Municipalities.Where(m => SearchText.Of(m.Name).Contains(place, StringComparison.Ordinal)).Select(m => m.Istat).ToList();
                found = found.Where(s => places.Contains(s.MunicipalityIstat));
            }

            if (SearchText.Of(request.Text) is { Length: > 0 } text)
                found = found.Where(s => s.SearchName.Contains(text) || s.Code.StartsWith(text));
            return found.List(request, Order, sorted => sorted.Select(s => new SchoolRow(
                s.Code, s.Name, s.Level, s.Private, s.MunicipalityIstat, s.AslCode, db.Classes.Count(c => c.SchoolCode == s.Code && c.ClosedOn == null && c.Year == s.Year))), cancellationToken);
        }
    }
}

/// <param name="Classes">Of the year of the school's register.</param>
[Shows(FieldClass.Work)]
internal sealed record SchoolRow(string Code, string Name, SchoolLevel Level, bool Private, string MunicipalityIstat, string AslCode, int Classes);
