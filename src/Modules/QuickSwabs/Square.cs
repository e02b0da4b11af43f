using System.Globalization;
using System.Net;
using System.Text;
using PdfSharp.Drawing;
using QRCoder;

namespace Platform.QuickSwabs;

/// <summary>A QR code, on a page and on a sheet.</summary>
internal static class Square
{
    public static string Svg(string text, string says)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        // The library draws its own quiet zone.
        var size = code.ModuleMatrix.Count;
        var path = new StringBuilder();
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                if (code.ModuleMatrix[row][column])
                    path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
            }
        }

        return $"<svg viewBox=\"0 0 {size} {size}\" width=\"240\" height=\"240\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(says)}\" shape-rendering=\"crispEdges\"><rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>";
    }

    public static void Draw(XGraphics page, string text, double left, double top, double size)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var side = size / code.ModuleMatrix.Count;
        for (var row = 0; row < code.ModuleMatrix.Count; row++)
        {
            for (var column = 0; column < code.ModuleMatrix.Count; column++)
            {
                if (code.ModuleMatrix[row][column])
                    page.DrawRectangle(XBrushes.Black, left + (column * side), top + (row * side), side + 0.05, side + 0.05);
            }
        }
    }
}
