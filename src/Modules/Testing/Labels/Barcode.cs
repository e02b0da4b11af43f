using PdfSharp.Drawing;

namespace Platform.Testing.Labels;

internal static class Barcode
{
    /// <summary>Draws the bars of the text from x on; each module is so wide.</summary>
    public static void Draw(XGraphics ink, string text, double x, double y, double module, double height)
    {
        var widths = Code128.Widths(text);
        for (var i = 0; i < widths.Count; i++)
        {
            var width = widths[i] * module;
            if (i % 2 == 0)
                ink.DrawRectangle(XBrushes.Black, x, y, width, height);
            x += width;
        }
    }
}
