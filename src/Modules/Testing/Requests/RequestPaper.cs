using MediatR;
using Microsoft.EntityFrameworkCore;
using PdfSharp.Drawing;
using PdfSharp.Drawing.Layout;
using PdfSharp.Pdf;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

/// <summary>What the person takes along to the appointment.</summary>
[Requires(TestingModule.MayRequest)]
internal sealed record RequestPaperOf(Guid Id) : IQuery<RequestPaperAnswer>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user) : IRequestHandler<RequestPaperOf, RequestPaperAnswer>
    {
        public async Task<RequestPaperAnswer> Handle(RequestPaperOf request, CancellationToken cancellationToken) =>
            await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayRequest)
                .Where(r => r.Id == request.Id && (r.State == SwabRequestState.Booked || r.State == SwabRequestState.CheckedIn))
                .Join(db.Hotspots, r => r.HotspotCode, h => h.Code, (r, h) => new RequestPaperAnswer(
                    r.PatientId, r.FamilyName, r.GivenName, r.TestType, r.SlotAt!.Value, h.Name, h.Address, h.MunicipalityIstat, h.AtHome, r.HomeAddress, r.CheckInCode,
                    db.Slots.Where(s => s.Id == r.SlotId).Select(s => s.Place).FirstOrDefault()))
                .SingleOrDefaultAsync(cancellationToken) ?? throw Refusal.NotFound();
    }
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName")]
[Shows(FieldClass.Address, "HomeAddress")]
[Shows(FieldClass.Work, "TestType", "SlotAt", "Hotspot", "Address", "MunicipalityIstat", "AtHome", "CheckInCode", "Place")]
internal sealed record RequestPaperAnswer(
    Guid PatientId, string FamilyName, string GivenName, TestType TestType, DateTime SlotAt, string Hotspot, string Address, string MunicipalityIstat, bool AtHome,
    string? HomeAddress, string CheckInCode, string? Place) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [PatientId];
}

/// <summary>A5: who, where, when, and the square that the hotspot scans. The square says nothing to anybody else.</summary>
internal sealed class RequestPaper(Region region, Texts texts, RequestPaperAnswer answer)
{
    private const double Margin = 40;
    private const double Side = 150;

    public byte[] Draw()
    {
        Fonts.Install();
        using var document = new PdfDocument();
        document.Info.Title = texts["Appuntamento per il tampone"];
        var page = document.AddPage();
        page.Size = PdfSharp.PageSize.A5;
        using (var ink = XGraphics.FromPdfPage(page))
        {
            var width = page.Width.Point - 2 * Margin;
            var y = Margin;
            y = Text(ink, texts["Appuntamento per il tampone"], 18, true, y, width);
            y = Text(ink, $"{answer.FamilyName} {answer.GivenName}", 14, true, y + 8, width);
            var at = region.LocalOf(answer.SlotAt);
            y = Text(ink, answer.AtHome ? $"{at:D}" : $"{at:D}, {at:t}", 13, true, y + 6, width);
            y = answer.AtHome
                ? Text(ink, texts["La visita è al domicilio: {0}. Resti in casa per tutto il giorno.", answer.HomeAddress ?? "–"], 11, false, y + 4, width)
                : Text(ink, answer.Place is { Length: > 0 } place ? place : $"{answer.Hotspot}, {answer.Address}, {region.FindMunicipality(answer.MunicipalityIstat)?.Name}", 11, false, y + 4, width);
            y = Text(ink, texts[Words.Of(answer.TestType)], 11, false, y + 4, width);
            y = Text(ink, texts["Porti questo foglio e la tessera sanitaria. Non mangi, non beva e non fumi nella mezz'ora prima."], 11, false, y + 4, width);
            Square.Draw(ink, answer.CheckInCode, (page.Width.Point - Side) / 2, y + 16, Side);
            ink.DrawString(answer.CheckInCode, new XFont(Fonts.Family, 9), XBrushes.Black, new XRect(Margin, y + 20 + Side, width, 14), XStringFormats.TopCenter);
        }

        using var bytes = new MemoryStream();
        document.Save(bytes);
        return bytes.ToArray();
    }

    private static double Text(XGraphics ink, string text, double size, bool bold, double y, double width)
    {
        var font = new XFont(Fonts.Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular);
        var lines = Math.Ceiling(ink.MeasureString(text, font).Width / (width * 0.9));
        var height = lines * size * 1.5;
        new XTextFormatter(ink).DrawString(text, font, XBrushes.Black, new XRect(Margin, y, width, height + size));
        return y + height;
    }
}
