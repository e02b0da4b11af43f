using System.Net;
using Platform.BuildingBlocks.Jobs;

namespace Platform.Tests.Walls;

/// <summary>Every sentence shown to people is there in both languages.</summary>
public sealed class WordsTests
{
    /// <summary>Words that are the same in both languages.</summary>
    private static readonly HashSet<string> Alike =
    [
        "ASL", "CAP", "Codice fiscale", "CSV", "Demo", "Download", "E-mail", "Email", "File", "Hotspot", "Hotspot {0}", "Id", "Job", "LIS", "Menu", "No", "PDF", "Password", "Privacy", "Test", "Totale: {0}", "Versione {0}",
    ];

    private static readonly Dictionary<string, string> RoomFolders = Rooms.All.Select(Rooms.Title).Order(StringComparer.Ordinal)
        .ToDictionary(name => name, name => $"src/Modules/{name}");

    private static IEnumerable<(string Room, string Folder)> Folders =>
        RoomFolders.Select(r => (r.Key, r.Value)).Append(("BuildingBlocks", "src/BuildingBlocks")).Append(("Host", "src/Host"));

    [Fact]
    public void Every_sentence_has_its_English()
    {
        var common = Of("src/BuildingBlocks");
        var seen = 0;
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (room, folder) in Folders)
        {
            var own = Of(folder);
            foreach (var (file, sentence) in Shown(room, folder))
            {
                seen++;
                if (!own.ContainsKey(sentence) && !common.ContainsKey(sentence) && !Alike.Contains(sentence))
                    missing.Add($"{file}: «{sentence}»");
            }
        }

        Assert.True(seen > 0, "No sentence was found: the finder is broken.");
        Assert.True(missing.Count == 0, string.Join(Environment.NewLine, missing));
    }

    [Fact]
    public void Translations_keep_the_places_and_are_another_language()
    {
        var wrong = new List<string>();
        foreach (var (room, folder) in Folders)
        {
            foreach (var (italian, english) in Pairs(folder))
            {
                if (!Sentences.Places(italian).SetEquals(Sentences.Places(english)))
                    wrong.Add($"{room}: «{italian}» and «{english}» have different places");
                if (italian == english && !Alike.Contains(italian))
                    wrong.Add($"{room}: «{italian}» is the same in both languages");
                if (string.IsNullOrWhiteSpace(english))
                    wrong.Add($"{room}: «{italian}» has an empty translation");
                if (Sentences.IsItalian(english))
                    wrong.Add($"{room}: «{english}» reads as Italian");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void No_sentence_is_translated_twice_in_different_words()
    {
        var all = Folders.SelectMany(f => Pairs(f.Folder).Select(p => (f.Room, Italian: p.Key, English: p.Value))).ToList();
        var twice = all.GroupBy(t => (t.Room, t.Italian)).Where(g => g.Count() > 1).Select(g => $"{g.Key.Room}: «{g.Key.Italian}» is there twice")
            .Concat(all.GroupBy(t => t.Italian).Where(g => g.Select(t => t.English).Distinct().Count() > 1)
                .Select(g => $"«{g.Key}»: {string.Join(", ", g.Select(t => $"«{t.English}» in {t.Room}"))}"));
        Assert.Empty(twice);
    }

    [Fact]
    public void No_translation_is_left_over()
    {
        var left = new List<string>();
        foreach (var (room, folder) in Folders)
        {
            // What BuildingBlocks translates, any module may say.
            var sources = Rooms.Sources(room == "BuildingBlocks" ? "src" : folder, ".cs", ".cshtml").Select(File.ReadAllText).ToList();
            var said = Shown(room, folder).Select(s => s.Sentence).ToHashSet(StringComparer.Ordinal);
            foreach (var (italian, _) in Pairs(folder))
            {
                var escaped = italian.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
                if (!said.Contains(italian) && !sources.Any(s => s.Contains(escaped, StringComparison.Ordinal) || s.Contains(WebUtility.HtmlEncode(italian), StringComparison.Ordinal)
                    || Sentences.ItalianIn("", s).Any(i => i.Sentence == italian)))
                {
                    left.Add($"{room}: «{italian}» is said nowhere");
                }
            }
        }

        Assert.True(left.Count == 0, string.Join(Environment.NewLine, left));
    }

    [Fact]
    public void No_page_speaks_past_the_translator()
    {
        var past = Rooms.Sources("src", ".cshtml").SelectMany(f => Sentences.Untranslated(File.ReadAllText(f)).Where(w => !Alike.Contains(w)).Select(w => $"{Rooms.Relative(f)}: «{w}»"));
        Assert.Empty(past);
    }

    [Fact]
    public void Words_past_the_translator_are_found()
    {
        Assert.Equal(["Elenco dei tamponi"], Sentences.Untranslated("""<h1>Elenco dei tamponi</h1><p>@T["Elenco dei referti"]</p>"""));
        Assert.Equal(["Stato"], Sentences.Untranslated("""<field for="State" label="Stato" /><field for="Q" label="@T["Cognome"]" />"""));
    }

    [Theory]
    [InlineData("""<h1>@T["Richiedi un tampone"]</h1>""", "Richiedi un tampone")]
    [InlineData("""<p>@T[Model.Open ? "Aperta" : "Chiusa", 3]</p>""", "Chiusa")]
    [InlineData("""public string Of(Role role) => texts[role switch { Role.Gp => "Medico", _ => "Altro" }];""", "Altro")]
    [InlineData("""throw new Refusal("slot-full", "Il turno delle {0} è al completo.", at);""", "Il turno delle {0} è al completo.")]
    [InlineData("""public static Refusal Full() => new("slot-full", "Il turno è al completo.");""", "Il turno è al completo.")]
    [InlineData("""RuleFor(x => x.Name).NotEmpty().WithMessage("Scriva " + "il nome.");""", "Scriva il nome.")]
    [InlineData("""cards.Add(new HomeCard("Campioni in attesa", "", 3, "/referti", false, 1));""", "Campioni in attesa")]
    [InlineData("""return Go($"/testing/requests/{id}", "Tampone richiesto.");""", "Tampone richiesto.")]
    [InlineData("""public static string Title => "Ripulisce la posta";""", "Ripulisce la posta")]
    public void Sentences_are_found_where_they_are_shown(string source, string sentence) =>
        Assert.Contains(("x.cs", sentence), Sentences.In("x.cs", source));

    [Theory]
    [InlineData("Il referto non è più valido.", true)]
    [InlineData("Nessun campione per questo laboratorio", true)]
    [InlineData("The report of the lab is not valid.", false)]
    [InlineData("referti.read", false)]
    public void Italian_is_told_from_English(string text, bool italian) => Assert.Equal(italian, Sentences.IsItalian(text));

    private static IEnumerable<(string File, string Sentence)> Shown(string room, string folder)
    {
        foreach (var path in Rooms.Sources(folder, ".cs", ".cshtml"))
        {
            var file = Rooms.Relative(path);
            var source = File.ReadAllText(path);
            // Seeds speak to the console, and make up names and streets.
            if (file.Contains("/Demo/", StringComparison.Ordinal) || Sentences.SpeakForThemselves.ContainsKey(file) || source.Contains(": IDemoSeed", StringComparison.Ordinal))
                continue;
            foreach (var found in Sentences.In(file, source))
                yield return found;
            if (path.EndsWith(".cs", StringComparison.Ordinal))
            {
                foreach (var found in Sentences.ItalianIn(file, source))
                    yield return found;
            }
        }

        foreach (var module in Rooms.WithBuildingBlocks.Where(m => Rooms.Title(m) == room))
        {
            foreach (var entry in module.Menu)
            {
                yield return ($"menu of {module.Name}", entry.Text);
                if (entry.Group is { } group)
                    yield return ($"menu of {module.Name}", group);
            }

            foreach (var job in Rooms.TypesOf(module.GetType().Assembly).Where(t => t.IsAssignableTo(typeof(IScheduledJob)) && !t.IsInterface))
                yield return ($"jobs of {module.Name}", new JobEntry(job.IsGenericTypeDefinition ? job.MakeGenericType(typeof(BuildingBlocks.RoomDb)) : job).Title);
        }
    }

    private static List<KeyValuePair<string, string>> Pairs(string folder)
    {
        var file = Path.Combine(Rooms.Root, folder, "Texts.en.resx");
        return File.Exists(file) ? Sentences.Translations(file) : [];
    }

    private static Dictionary<string, string> Of(string folder) =>
        Pairs(folder).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
}
