using System.Globalization;
using System.Text;
using PdfSharp.Drawing;
using QRCoder;

namespace Platform.BuildingBlocks.Documents;

/// <summary>A QR code, on a page and on a sheet, with its quiet zone. A text in capitals and digits takes the small mode by itself.</summary>
public static class Square
{
    private const QRCodeGenerator.ECCLevel Usual = QRCodeGenerator.ECCLevel.M;

    public static string Svg(string text, QRCodeGenerator.ECCLevel correction = Usual)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, correction);
        var path = new StringBuilder();
        foreach (var (row, column, length) in Strokes(code))
            path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h{length}v1h-{length}z");
        var size = code.ModuleMatrix.Count;
        return $"<svg viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\"><rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>";
    }

    public static void Draw(XGraphics page, string text, double left, double top, double size, QRCodeGenerator.ECCLevel correction = Usual)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, correction);
        var side = size / code.ModuleMatrix.Count;
        foreach (var (row, column, length) in Strokes(code))
            page.DrawRectangle(XBrushes.Black, left + (column * side), top + (row * side), (length * side) + 0.05, side + 0.05);
    }

    // What lies side by side is one stroke: a fifth of the drawing.
    private static IEnumerable<(int Row, int Column, int Length)> Strokes(QRCodeData code)
    {
        var modules = code.ModuleMatrix;
        for (var row = 0; row < modules.Count; row++)
        {
            for (var column = 0; column < modules.Count; column++)
            {
                var from = column;
                while (column < modules.Count && modules[row][column])
                    column++;
                if (column > from)
                    yield return (row, from, column - from);
            }
        }
    }
}
