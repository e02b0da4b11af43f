using PdfSharp.Drawing;
using QRCoder;

namespace Platform.Certificates.Downloads;

/// <summary>The square of a certificate: base45 keeps to the alphanumeric characters, so that the code takes the small mode by itself; correction Q
/// as the European specification asks.</summary>
internal static class Square
{
    /// <summary>Its diagonal is just under the 60 mm that the specification allows on paper.</summary>
    public const double PrintedMillimetres = 42;

    public static string Svg(string hc1)
    {
        using var code = QRCodeGenerator.GenerateQrCode(hc1, QRCodeGenerator.ECCLevel.Q);
        return new SvgQRCode(code).GetGraphic(4);
    }

    public static void Draw(XGraphics page, string hc1, double left, double top, double size)
    {
        using var code = QRCodeGenerator.GenerateQrCode(hc1, QRCodeGenerator.ECCLevel.Q);
        var modules = code.ModuleMatrix;
        var side = size / modules.Count;
        for (var row = 0; row < modules.Count; row++)
        {
            // What lies side by side is one stroke: a fifth of the drawing.
            for (var column = 0; column < modules.Count; column++)
            {
                var from = column;
                while (column < modules.Count && modules[row][column])
                    column++;
                if (column > from)
                    page.DrawRectangle(XBrushes.Black, left + (from * side), top + (row * side), ((column - from) * side) + 0.05, side + 0.05);
            }
        }
    }
}
