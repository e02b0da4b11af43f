using System.Linq.Expressions;

namespace Platform.BuildingBlocks.Security;

/// <summary>By which columns a row lies within a scope: declared once a noun, applied to every list, detail,
/// export and attachment of it through <see cref="Visibility.Within"/>.</summary>
public sealed class ScopeRule<T>
{
    private readonly List<(ScopeKind Kind, Expression<Func<T, string?>> Column)> columns = [];
    private readonly List<(ScopeKind Kind, Expression<Func<T, string, bool>> Holds)> tests = [];
    private Expression<Func<T, Guid?>>? actor;
    private Expression<Func<T, Guid?>>? person;

    public ScopeRule()
    {
    }

    /// <summary>All that the other rule says, to be widened.</summary>
    public ScopeRule(ScopeRule<T> like)
    {
        columns.AddRange(like.columns);
        tests.AddRange(like.tests);
        (actor, person) = (like.actor, like.person);
    }

    /// <summary>The row lies in a scope of this kind when the column holds the scope's code.</summary>
    public ScopeRule<T> By(ScopeKind kind, Expression<Func<T, string?>> column)
    {
        columns.Add((kind, column));
        return this;
    }

    /// <summary>The row lies in a scope of this kind when the test holds for the scope's code: for what no column of its own says.</summary>
    public ScopeRule<T> When(ScopeKind kind, Expression<Func<T, string, bool>> holds)
    {
        tests.Add((kind, holds));
        return this;
    }

    /// <summary>The row is seen by the account that made it, whatever its scopes.</summary>
    public ScopeRule<T> ByActor(Expression<Func<T, Guid?>> column)
    {
        actor = column;
        return this;
    }

    /// <summary>The row is also seen by whoever has opened its person outside her scope, while that lasts.</summary>
    public ScopeRule<T> Opened(Expression<Func<T, Guid?>> column)
    {
        person = column;
        return this;
    }

    internal Expression<Func<T, bool>> For(ICurrentUser user, string permission)
    {
        if (user.IsPlatform)
            return _ => true;
        if (!user.May(permission))
            return _ => false;
        var scopes = user.ScopesOf(permission);
        if (scopes.Any(s => s.Kind == ScopeKind.Region))
            return _ => true;

        var row = Expression.Parameter(typeof(T), "row");
        var ways = new List<Expression>();
        foreach (var (kind, column) in columns)
            ways.AddRange(scopes.Where(s => s.Kind == kind).Select(s => Expression.Equal(Swap(column, row), Parameter<string?>(s.Code))));
        foreach (var (kind, holds) in tests)
        {
            ways.AddRange(scopes.Where(s => s.Kind == kind)
                .Select(s => new Replace(holds.Parameters[1], Parameter(s.Code)).Visit(new Replace(holds.Parameters[0], row).Visit(holds.Body))));
        }

        if (actor is not null && user.Id is { } id)
            ways.Add(Expression.Equal(Swap(actor, row), Parameter<Guid?>(id)));
        if (person is not null)
            ways.AddRange(user.OpenedUnder(permission).Select(opened => Expression.Equal(Swap(person, row), Parameter<Guid?>(opened))));
        var any = Expression.Lambda<Func<T, bool>>(ways.DefaultIfEmpty(Expression.Constant(false)).Aggregate(Expression.OrElse), row);
        if (ways.Count > 1)
        {
            // Each way by itself, without the rows of those before it.
            Visibility.Ways.Add(any, [.. ways.Select((way, index) => Expression.Lambda(
                ways.Take(index).Aggregate(way, (mine, earlier) => Expression.AndAlso(mine, Expression.Not(earlier))), row))]);
        }

        return any;
    }

    private static Expression Swap<TColumn>(Expression<Func<T, TColumn>> column, ParameterExpression row) =>
        new Replace(column.Parameters[0], row).Visit(column.Body);

    // A captured variable becomes a parameter of the statement; a constant would make a plan for each code.
    private static MemberExpression Parameter<TValue>(TValue value) =>
        Expression.Property(Expression.Constant(new Box<TValue>(value)), nameof(Box<TValue>.Value));

    private sealed record Box<TValue>(TValue Value);

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}

public static class Visibility
{
    /// <summary>The ways in which a rule's rows come into sight, apart from each other: no index serves them together in an order,
    /// and each alone has one.</summary>
    internal static readonly System.Runtime.CompilerServices.ConditionalWeakTable<LambdaExpression, LambdaExpression[]> Ways = [];

    /// <summary>The rows that the user may see under the permission: nothing when she does not hold it,
    /// everything for the platform itself and for a scope of the whole region.</summary>
    public static IQueryable<T> Within<T>(
        this IQueryable<T> rows, ScopeRule<T> rule, ICurrentUser user, string permission)
    {
        if (user.IsSignedIn)
            user.Looked.Note(rows);
        return rows.Where(rule.For(user, permission));
    }
}
