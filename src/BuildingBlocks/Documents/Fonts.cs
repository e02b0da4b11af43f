using System.Collections.Concurrent;
using PdfSharp;
using PdfSharp.Fonts;

namespace Platform.BuildingBlocks.Documents;

/// <summary>The typeface of the documents (PDF) that the platform makes. PDFsharp finds no typeface by itself on Linux:
/// call <see cref="Install"/> before the first document, as often as you like.</summary>
public sealed class Fonts : IFontResolver
{
    public const string Family = "Titillium Web";

    private const string Regular = "TitilliumWeb-Regular.ttf";
    private const string Bold = "TitilliumWeb-Bold.ttf";

    private static readonly Lock Once = new();
    private static readonly ConcurrentDictionary<string, byte[]> Faces = new();

    private Fonts()
    {
    }

    public static void Install()
    {
        lock (Once)
        {
            if (GlobalFontSettings.FontResolver is Fonts)
                return;
            // From 6.5 on the library works only once its licence is chosen; docs/adr has what follows from this one.
            PdfSharpLicense.SetAgplLicense();
            GlobalFontSettings.FontResolver = new Fonts();
        }
    }

    // Whatever family is asked for, this one is there.
    public FontResolverInfo? ResolveTypeface(string familyName, bool bold, bool italic) =>
        new(bold ? Bold : Regular, mustSimulateBold: false, mustSimulateItalic: italic);

    public byte[]? GetFont(string faceName) => Faces.GetOrAdd(faceName, Read);

    private static byte[] Read(string face)
    {
        var assembly = typeof(Fonts).Assembly;
        var name = Array.Find(assembly.GetManifestResourceNames(), n => n.EndsWith(face, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The typeface {face} is not among the resources of {assembly.GetName().Name}.");
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
