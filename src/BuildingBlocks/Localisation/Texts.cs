using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Resources;
using Microsoft.Extensions.Localization;

namespace Platform.BuildingBlocks.Localisation;

/// <summary>The words on the screens. The Italian sentence is the key and the default; each module's
/// <c>Texts.en.resx</c> holds the English one. A wall test finds every sentence without a translation.</summary>
public sealed class Texts : IStringLocalizer
{
    private readonly IReadOnlyList<ResourceManager> rooms;
    private readonly ConcurrentDictionary<string, FrozenTexts> languages = new();

    public Texts(IEnumerable<Module> modules)
    {
        rooms = [.. modules.Select(m => m.GetType().Assembly).Append(typeof(Texts).Assembly).Distinct()
            .Select(a => new ResourceManager($"Platform.{a.GetName().Name!.Replace("Platform.", "", StringComparison.Ordinal)}.Texts", a))];
    }

    /// <summary>The reader reads the default language, as does whoever has none: the console.</summary>
    public static bool Italian => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName != "en";

    /// <summary>Until it is disposed, words, days and numbers are those of a reader of that language: for what leaves for somebody else.</summary>
    public static IDisposable Reading(string language) => new Reader(language);

    public LocalizedString this[string name] => new(name, Find(name));

    public LocalizedString this[string name, params object[] arguments] =>
        new(name, arguments.Length == 0 ? Find(name) : string.Format(CultureInfo.CurrentCulture, Find(name), arguments));

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        Of(CultureInfo.CurrentUICulture).All.Select(t => new LocalizedString(t.Key, t.Value));

    private string Find(string italian) =>
        Of(CultureInfo.CurrentUICulture).All.GetValueOrDefault(italian, italian);

    private FrozenTexts Of(CultureInfo culture) =>
        languages.GetOrAdd(culture.TwoLetterISOLanguageName, language =>
        {
            var all = new Dictionary<string, string>(StringComparer.Ordinal);
            if (language == "it")
                return new(all);
            foreach (var room in rooms)
            {
                ResourceSet? set;
                try
                {
                    set = room.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false);
                }
                catch (MissingManifestResourceException)
                {
                    continue; // a room without words
                }

                if (set is null)
                    continue;
                foreach (DictionaryEntry entry in set)
                    all[(string)entry.Key] = (string)entry.Value!;
            }

            return new(all);
        });

    private sealed class Reader : IDisposable
    {
        private readonly (CultureInfo Words, CultureInfo Forms) before = (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture);

        public Reader(string language) =>
            CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "it-IT");

        public void Dispose() => (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = before;
    }

    private sealed record FrozenTexts(IReadOnlyDictionary<string, string> All);
}
