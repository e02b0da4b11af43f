using PdfSharp.Pdf.IO;
using Platform.Testing.Labels;

namespace Platform.Tests.Testing;

public sealed class LabelTests
{
    [Theory]
    [InlineData("Rossi", "Ada", "Hotspot tamponi Torino Nord", 50, 25)]
    [InlineData("Rossi", "Ada", "Hotspot tamponi Torino Nord", 70, 40)]
    [InlineData("Rossi", "Ada", "Hotspot tamponi Torino Nord")]
    [InlineData("D'Alò Caracciolo di Castagneto", "Maria Antonietta Vittoria", "Hotspot tamponi con un nome che non sta in una riga")]
    public void The_label_is_one_page_of_the_size_of_the_roll(string family, string given, string hotspot, int width = 50, int height = 30)
    {
        var pdf = LabelDocument.Draw(
            new(Guid.Empty, "AA21000001D", family, given, new(1980, 5, 12), hotspot, default, Platform.Testing.Contracts.TestType.Molecular),
            new("", width, height, ""), "NASOFAR.", new(2021, 11, 15));
        Assert.Equal("%PDF-"u8, pdf.AsSpan(0, 5));
        using var stream = new MemoryStream(pdf);
        using var document = PdfReader.Open(stream, PdfDocumentOpenMode.Import);
        var page = Assert.Single(document.Pages.Cast<PdfSharp.Pdf.PdfPage>());
        Assert.Equal(width, page.Width.Millimeter, 1);
        Assert.Equal(height, page.Height.Millimeter, 1);
    }
}
