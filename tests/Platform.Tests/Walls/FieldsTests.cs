using System.Reflection;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Tests.Walls;

/// <summary>Everything that is shown of a person is of a class, so that the region can say which role sees it.</summary>
public sealed class FieldsTests
{
    private static readonly DateOnly Today = new(2021, 11, 15);

    /// <summary>What is asked for by somebody and shows people: the request, and the answer or the row of a list.</summary>
    private static IReadOnlyList<(Type Request, Type Shown)> Questions { get; } =
    [
        .. Rooms.WithDb.Select(m => m.GetType().Assembly).Distinct().SelectMany(a => a.GetTypes())
            .Where(t => !t.IsAbstract && !t.IsDefined(typeof(BetweenModulesAttribute)))
            .Select(t => (Request: t, Answer: t.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuery<>))?.GetGenericArguments()[0]))
            .Where(q => q.Answer is not null)
            .Select(q => (q.Request, Shown: q.Answer!.IsGenericType && q.Answer.GetGenericTypeDefinition() == typeof(Listing<>) ? q.Answer.GetGenericArguments()[0] : q.Answer!))
            .Where(q => q.Shown.IsAssignableTo(typeof(IAboutPatients)) || q.Shown.IsAssignableTo(typeof(IOfPatient))),
    ];

    [Fact]
    public void Every_property_of_every_read_model_that_shows_people_has_a_class()
    {
        Assert.True(Questions.Count > 40, "Hardly any questions about people were found.");
        var bare = Questions.SelectMany(q => Within(q.Shown)).Distinct().Where(t => t.Assembly != typeof(ReadModel).Assembly).SelectMany(type => ReadModel.Of(type).Fields
            .Where(f => f.Class is null && !IsKey(f.Property) && !ReadModel.ElementOf(f.Property.PropertyType).IsDefined(typeof(ShowsAttribute), false))
            .Select(f => $"{type.Name}.{f.Property.Name}"));
        Assert.Empty(bare);
    }

    [Fact]
    public void What_is_marked_is_there_and_only_work_is_marked_as_a_whole()
    {
        var marked = Rooms.WithDb.Select(m => m.GetType().Assembly).Distinct().SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetCustomAttributes<ShowsAttribute>().Select(mark => (Type: t, Mark: mark))).ToList();
        Assert.NotEmpty(marked);
        Assert.Empty(marked.SelectMany(m => m.Mark.Properties.Where(p => m.Type.GetProperty(p) is null).Select(p => $"{m.Type.Name} has no {p}")));
        Assert.Empty(marked.Where(m => m.Mark.Properties.Count == 0 && m.Mark.Fields != FieldClass.Work).Select(m => m.Type.Name));
        Assert.Empty(marked.GroupBy(m => m.Type).SelectMany(g => g.SelectMany(m => m.Mark.Properties).CountBy(p => p).Where(p => p.Value > 1).Select(p => $"{g.Key.Name}.{p.Key} twice")));
    }

    /// <summary>Of a number or a choice nothing can be left out: a role from which its class is hidden must not be able to ask for it.</summary>
    [Fact]
    public void What_a_role_does_not_see_can_be_left_out_of_all_that_it_may_ask_for()
    {
        var region = RegionPack.Read(Path.Combine(Documents.Root, "regions", "piemonte"));
        var stuck =
            from question in Questions
            let permission = question.Request.GetCustomAttribute<RequiresAttribute>()?.Permission
            where permission is not null
            from role in Enum.GetValues<Role>().Where(r => Rooms.Permissions.Grants(permission, r))
            let hidden = region.Fields.HiddenFrom([role], Today)
            from type in Within(question.Shown)
            from field in ReadModel.Of(type).Fields.Where(f => f.Class is { } of && hidden.Contains(of) && !f.CanBeBlank)
            select $"{role} asks for {question.Request.Name}: {type.Name}.{field.Property.Name} is {field.Class}";
        Assert.Empty(stuck.Distinct());
    }

    private static bool IsKey(PropertyInfo property) => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(Guid)
        || ReadModel.ElementOf(property.PropertyType) == typeof(Guid);

    private static HashSet<Type> Within(Type shown)
    {
        var seen = new HashSet<Type>();
        void Look(Type type)
        {
            if (type.IsEnum || type.Namespace?.StartsWith("Platform.", StringComparison.Ordinal) != true || !seen.Add(type))
                return;
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                Look(ReadModel.ElementOf(property.PropertyType));
        }

        Look(shown);
        return seen;
    }
}
