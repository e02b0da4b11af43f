using System.Linq.Expressions;

namespace Platform.BuildingBlocks.Security;

/// <summary>By which columns a row lies within a scope: declared once a noun, applied to every list, detail,
/// export and attachment of it through <see cref="Visibility.Within"/>.</summary>
public sealed class ScopeRule<T>
{
    private readonly List<(ScopeKind Kind, Expression<Func<T, string?>> Column)> columns = [];
    private readonly List<(ScopeKind Kind, Expression<Func<T, string, bool>> Holds)> tests = [];
    private Expression<Func<T, Guid?>>? actor;

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
        Expression any = Expression.Constant(false);
        foreach (var (kind, column) in columns)
        {
            var codes = scopes.Where(s => s.Kind == kind).Select(s => (string?)s.Code).ToArray();
            foreach (var code in codes)
                any = Expression.OrElse(any, Expression.Equal(Swap(column, row), Parameter(code)));
        }

        foreach (var (kind, holds) in tests)
        {
            foreach (var code in scopes.Where(s => s.Kind == kind).Select(s => s.Code))
                any = Expression.OrElse(any, new Replace(holds.Parameters[1], Parameter(code)).Visit(new Replace(holds.Parameters[0], row).Visit(holds.Body)));
        }

        if (actor is not null && user.Id is { } id)
            any = Expression.OrElse(any, Expression.Equal(Swap(actor, row), Parameter<Guid?>(id)));
        return Expression.Lambda<Func<T, bool>>(any, row);
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
    /// <summary>The rows that the user may see under the permission: nothing when she does not hold it,
    /// everything for the platform itself and for a scope of the whole region.</summary>
    public static IQueryable<T> Within<T>(
        this IQueryable<T> rows, ScopeRule<T> rule, ICurrentUser user, string permission) =>
        rows.Where(rule.For(user, permission));
}
