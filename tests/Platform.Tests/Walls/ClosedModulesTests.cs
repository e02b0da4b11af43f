using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Module = Platform.BuildingBlocks.Module;

namespace Platform.Tests.Walls;

/// <summary>A module is a room with one door: what others may touch is in its Contracts, everything else is its own.</summary>
public sealed partial class ClosedModulesTests
{
    /// <summary>DESIGN 2: who may know whom.</summary>
    private static readonly Dictionary<string, string[]> Graph = new()
    {
        ["Patients"] = [],
        ["Notifications"] = [],
        ["UserManagement"] = ["Notifications"],
        ["Testing"] = ["Patients", "Notifications"],
        ["Correspondence"] = ["Patients", "Notifications"],
        ["Referti"] = ["Patients", "Notifications", "Testing"],
        ["QuickSwabs"] = ["Patients", "Notifications", "Testing"],
        ["VaccinationBooking"] = ["Patients", "Notifications", "Referti"],
        ["Schools"] = ["Patients", "Notifications", "Testing", "Referti", "QuickSwabs", "VaccinationBooking"],
        ["Surveillance"] = ["Patients", "Notifications", "Testing", "Referti", "QuickSwabs", "VaccinationBooking", "Schools"],
        ["Certificates"] = ["Patients", "Notifications", "Referti", "QuickSwabs", "VaccinationBooking", "Testing", "Surveillance"],
    };

    /// <summary>String columns without a length, with the reason.</summary>
    private static readonly Dictionary<string, string> Unbounded = new()
    {
        ["outbox.payload"] = "an event may name many people",
        ["mails.body"] = "sealed it is longer than the servers' limits, and the validator has one",
        ["protection_keys.xml"] = "the framework's own writing",
        ["merges.before"] = "a whole record, as it was before it was merged",
        ["import_batches.payload"] = "as many lines of a file as fit a transaction",
        ["import_faults.cells"] = "a row of a file as it came, to be mended",
        ["class_lists.payload"] = "a list of a school as it came, sealed, until it is applied",
        ["lab_messages.reading"] = "what was read from a message of any size, as JSON",
        ["lab_messages.outcomes"] = "one entry for each of its results, as JSON",
        ["unmatched_reports.reading"] = "what was read of a result, as JSON",
    };

    /// <summary>Answers that hold a codice fiscale or a patient's id and show nobody of the registry, with the reason.</summary>
    private static readonly Dictionary<string, string> ShowNobody = new()
    {
        ["ComputeFiscalCode"] = "computes a code from what the asker types and looks nobody up",
        ["AccountDetail"] = "shows an account, whose codice fiscale is its owner's as an operator",
        ["FiscalCodeOfAccount"] = "shows an account, whose codice fiscale is its owner's as an operator",
    };

    /// <summary>Rows that name a patient and leave no line in the audit, with the reason.</summary>
    private static readonly Dictionary<string, string> NotAudited = new()
    {
        ["LineRow"] = "is the audit",
        ["Opening"] = "being opened and being revoked leave lines of their own, with the reason",
        ["MergedPatient"] = "is part of the audit: which ids are one person's",
        ["PatientWord"] = "follows the person's names, in the same save",
    };

    private static readonly string[] MayLookInside = ["Platform.Tests", "Platform.BrowserTests", "Platform.Benchmarks"];

    [Fact]
    public void Every_module_of_the_source_is_one_of_the_host()
    {
        var folders = Directory.GetDirectories(Path.Combine(Rooms.Root, "src/Modules"))
            .Where(f => Directory.EnumerateFiles(f, "*.csproj").Any()).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);
        Assert.Equal(folders, Rooms.All.Select(Rooms.Title).Order(StringComparer.Ordinal));
        Assert.Equal(Rooms.All.Count, Rooms.All.Select(m => m.Name).Distinct().Count());
        Assert.NotEmpty(Rooms.All);
    }

    [Fact]
    public void What_is_public_is_the_contract_and_the_module_itself()
    {
        var open = Each(types => types.Where(t => t.IsPublic || t.IsNestedPublic && IsSeen(t)), out var seen)
            .Where(t => !IsContract(t) && !t.IsAssignableTo(typeof(Module)));
        Assert.True(seen > 0);
        None(open, t => $"{t.FullName} is public outside Contracts");
    }

    [Fact]
    public void Classes_are_sealed_or_made_to_be_derived_from()
    {
        var loose = Each(types => types.Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false }), out _);
        Assert.NotEmpty(Rooms.TypesOf(Rooms.All[0].GetType().Assembly));
        None(loose, t => $"{t.FullName} is neither sealed nor abstract");
    }

    [Fact]
    public void Modules_know_whom_the_graph_lets_them_know()
    {
        foreach (var module in Rooms.All)
        {
            var name = Rooms.Title(module);
            Assert.True(Graph.TryGetValue(name, out var allowed), $"{name} has no place in the graph");
            var compiled = module.GetType().Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(Graph.ContainsKey);
            var project = XDocument.Load(Path.Combine(Rooms.Root, "src/Modules", name, name + ".csproj"))
                .Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
            None(compiled.Concat(project).Distinct().Except(allowed!), other => $"{name} may not know {other}");
        }
    }

    [Fact]
    public void Of_another_module_only_the_contracts_are_touched()
    {
        var foreign = 0;
        var wrong = new List<string>();
        foreach (var module in Rooms.All)
        {
            var assembly = module.GetType().Assembly;
            using var file = new PEReader(File.OpenRead(assembly.Location));
            var metadata = file.GetMetadataReader();
            foreach (var reference in metadata.TypeReferences.Select(metadata.GetTypeReference)
                .Where(t => t.ResolutionScope.Kind == HandleKind.AssemblyReference))
            {
                var from = metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name);
                if (!Graph.ContainsKey(from))
                    continue;
                foreign++;
                var space = metadata.GetString(reference.Namespace);
                if (space != $"Platform.{from}.Contracts" && !space.StartsWith($"Platform.{from}.Contracts.", StringComparison.Ordinal))
                    wrong.Add($"{Rooms.Title(module)} touches {space}.{metadata.GetString(reference.Name)}");
            }

            wrong.AddRange(assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Select(a => a.AssemblyName)
                .Except(MayLookInside).Select(other => $"{Rooms.Title(module)} lets {other} look inside"));
        }

        Assert.True(foreign > 0, "No module touches another: there is nothing to check.");
        None(wrong, w => w);
    }

    [Fact]
    public void Every_request_says_who_may_send_it()
    {
        Assert.NotEmpty(Rooms.Requests);
        None(Rooms.Requests.Where(r => Says(r) != 1), r => $"{r.FullName} has {Says(r)} of Requires, BetweenModules, OpenToAll");
        None(Rooms.Requests.Where(r => r.GetCustomAttribute<RequiresAttribute>() is { } a && !Rooms.Permissions.Names.Contains(a.Permission)),
            r => $"{r.FullName} requires {r.GetCustomAttribute<RequiresAttribute>()!.Permission}, which no module declares");
    }

    [Fact]
    public void Every_request_is_a_command_or_a_query() =>
        None(Rooms.Requests.Where(r => !r.GetInterfaces().Any(i => i.IsGenericType
                && (i.GetGenericTypeDefinition() == typeof(ICommand<>) || i.GetGenericTypeDefinition() == typeof(IQuery<>)))),
            r => $"{r.FullName} is neither a command nor a query");

    [Fact]
    public void Pages_and_endpoints_do_not_send_what_is_between_modules()
    {
        Assert.NotEmpty(Rooms.Pages.Concat(Rooms.Endpoints));
        None(Rooms.Pages.Concat(Rooms.Endpoints)
                .SelectMany(door => Il.MadeBy(door).Concat(door.GetProperties().Select(p => p.PropertyType))
                    .Where(t => t.IsDefined(typeof(BetweenModulesAttribute))).Distinct().Select(t => (door, t))),
            x => $"{x.door.FullName} uses {x.t.Name}, which only modules may send");
    }

    [Fact]
    public void Every_page_says_who_may_open_it()
    {
        Assert.NotEmpty(Rooms.Pages);
        None(Rooms.Pages.Where(p => p.IsDefined(typeof(RequiresAttribute)) == p.IsDefined(typeof(OpenToAllAttribute))),
            p => $"{p.FullName} has none, or both, of Requires and OpenToAll");
        None(Rooms.Pages.Where(p => p.GetCustomAttribute<RequiresAttribute>() is { } a && !Rooms.Permissions.Names.Contains(a.Permission)),
            p => $"{p.FullName} requires a permission that no module declares");
        None(Rooms.WithBuildingBlocks.SelectMany(m => m.Menu).Where(e => !Rooms.Permissions.Names.Contains(e.Permission)),
            e => $"The menu entry {e.Text} names a permission that no module declares");
    }

    [Fact]
    public void No_two_views_have_the_same_path()
    {
        var views = Rooms.All.Select(m => m.GetType().Assembly).Append(Rooms.BuildingBlocks).Append(Rooms.Host)
            .SelectMany(a => a.GetCustomAttributes<RazorCompiledItemAttribute>().Select(i => (Path: i.Identifier, Assembly: a.GetName().Name)))
            // Compiled into each view of their own module.
            .Where(v => !v.Path.EndsWith("/_ViewImports.cshtml", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.NotEmpty(views);
        None(views.GroupBy(v => v.Path, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1),
            g => $"{g.Key} is in {string.Join(" and ", g.Select(v => v.Assembly))}");
    }

    [Fact]
    public void Every_text_column_has_a_length()
    {
        var columns = Models().SelectMany(m => m.Db.Model.GetEntityTypes()).SelectMany(e => e.GetProperties())
            .Where(p => (p.GetTypeMapping().Converter?.ProviderClrType ?? p.ClrType) == typeof(string)).ToList();
        Assert.NotEmpty(columns);
        None(columns.Where(p => p.GetMaxLength() is null && !Unbounded.ContainsKey($"{p.DeclaringType.GetTableName()}.{p.GetColumnName()}")),
            p => $"{p.DeclaringType.GetSchema()}.{p.DeclaringType.GetTableName()}.{p.GetColumnName()} has no length");
        None(Unbounded.Keys.Where(k => columns.All(p => $"{p.DeclaringType.GetTableName()}.{p.GetColumnName()}" != k || p.GetMaxLength() is not null)),
            k => $"{k} is listed as unbounded and is not");
    }

    [Fact]
    public void Every_row_with_a_patient_is_of_a_patient() =>
        None(Models().SelectMany(m => m.Db.Model.GetEntityTypes())
                .Where(e => e.GetProperties().Any(p => NamesPatient(p.Name)) && !e.ClrType.IsAssignableTo(typeof(IOfPatient))
                    && !NotAudited.ContainsKey(e.ClrType.Name)),
            e => $"{e.ClrType.FullName} names a patient and is not IOfPatient: its changes would leave no line in the audit");

    [Fact]
    public void Every_answer_that_shows_people_says_whom()
    {
        var questions = Rooms.Requests.Where(r => r.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuery<>))
            && !r.IsDefined(typeof(BetweenModulesAttribute))).ToList();
        Assert.NotEmpty(questions);
        None(questions.Where(q => ShowsPeople(Rooms.AnswerOf(q)!, []) && !Rooms.AnswerOf(q)!.IsAssignableTo(typeof(IAboutPatients))
                && !ShowNobody.ContainsKey(q.Name)),
            q => $"{q.FullName} answers with a patient and its answer is not IAboutPatients: its readings would leave no line in the audit");
        None(ShowNobody.Keys.Except(questions.Select(q => q.Name)), name => $"{name} is listed and does not exist");
    }

    [Fact]
    public void The_finder_of_people_in_answers_finds_them()
    {
        Assert.True(ShowsPeople(typeof(IReadOnlyList<Nested>), []));
        Assert.False(ShowsPeople(typeof(IReadOnlyList<string>), []));
    }

    [Fact]
    public void Every_table_is_in_its_own_schema_and_no_key_leaves_it()
    {
        var models = Models();
        Assert.NotEmpty(models);
        foreach (var (module, db) in models)
        {
            Assert.Equal(module.Name, db.Schema);
            None(db.Model.GetEntityTypes().Where(e => e.GetSchema() != module.Name), e => $"{e.Name} lies in {e.GetSchema()}");
        }
    }

    [Fact]
    public void No_source_names_a_table_of_another_schema()
    {
        var read = 0;
        foreach (var module in Rooms.WithDb)
        {
            var others = Rooms.WithDb.Where(m => m != module).SelectMany(m => new[] { m.Name + ".", $"\"{m.Name}\".", $"[{m.Name}]." }).ToList();
            foreach (var file in Rooms.Sources($"src/Modules/{Rooms.Title(module)}", ".cs"))
            {
                read++;
                None(RawSql().Matches(File.ReadAllText(file)).Select(m => m.Value)
                        .Where(sql => others.Any(o => sql.Contains(o, StringComparison.OrdinalIgnoreCase))),
                    sql => $"{Rooms.Relative(file)}: {sql}");
            }
        }

        Assert.True(read > 0);
    }

    [Fact]
    public void Every_reaction_reacts_to_an_event_that_some_module_tells() =>
        None(Rooms.Events.Reactions.Where(r => !r.Event.IsAssignableTo(typeof(IEvent)) || !IsContract(r.Event) && r.Event.Assembly != Rooms.BuildingBlocks
                // A room may also tell itself what it does after the commit.
                && r.Event.Assembly != r.Reaction.Assembly),
            r => $"{r.Reaction.FullName} reacts to {r.Event.FullName}, which is nobody's contract");

    private static List<(Module Module, ModuleDb Db)> Models() =>
        [.. Rooms.WithDb.Select(m => (m, Rooms.Open(m, new SqliteEngine(Path.GetTempPath()))))];

    private static List<Type> Each(Func<IEnumerable<Type>, IEnumerable<Type>> choose, out int seen)
    {
        var found = Rooms.All.SelectMany(m => choose(Rooms.TypesOf(m.GetType().Assembly))).ToList();
        seen = found.Count;
        return found;
    }

    private static bool IsSeen(Type type) => type.DeclaringType is null ? type.IsPublic : type.IsNestedPublic && IsSeen(type.DeclaringType);

    private static bool IsContract(Type type)
    {
        var contracts = $"Platform.{type.Assembly.GetName().Name}.Contracts";
        return type.Namespace == contracts || type.Namespace?.StartsWith(contracts + ".", StringComparison.Ordinal) == true;
    }

    private static int Says(Type request) =>
        (request.IsDefined(typeof(RequiresAttribute)) ? 1 : 0) + (request.IsDefined(typeof(BetweenModulesAttribute)) ? 1 : 0)
        + (request.IsDefined(typeof(OpenToAllAttribute)) ? 1 : 0);

    private static bool NamesPatient(string property) => property.EndsWith("PatientId", StringComparison.Ordinal);

    private static bool ShowsPeople(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type))
            return false;
        if (type.IsArray)
            return ShowsPeople(type.GetElementType()!, seen);
        if (type.IsGenericType && type.GetGenericArguments().Any(a => ShowsPeople(a, seen)))
            return true;
        if (type.Namespace?.StartsWith("Platform.", StringComparison.Ordinal) != true || type.IsEnum)
            return false;
        return type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Any(p =>
            NamesPatient(p.Name) || p.Name.EndsWith("FiscalCode", StringComparison.Ordinal) || ShowsPeople(p.PropertyType, seen));
    }

    private static void None<T>(IEnumerable<T> found, Func<T, string> say)
    {
        var wrong = found.Select(say).ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [GeneratedRegex(@"(?:SqlRaw|SqlInterpolated|FromSql|ExecuteSql|SqlQuery\w*|CommandText)\b[^;]*;", RegexOptions.Singleline)]
    private static partial Regex RawSql();

    private sealed record Nested(IReadOnlyList<Inner> Rows);

    private sealed record Inner(Guid PatientId);
}
