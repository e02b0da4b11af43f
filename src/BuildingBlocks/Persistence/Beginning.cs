using System.Linq.Expressions;

namespace Platform.BuildingBlocks.Persistence;

/// <summary>What begins so, as a range of an index. LIKE does not do: a PostgreSQL that speaks a language, and SQLite, read the
/// whole table for it.</summary>
public static class Beginning
{
    // After whatever follows a beginning in letters and digits, in the order of any language and of none.
    private const string Last = "ZZZZZZZZZZZZ";

    private static readonly System.Reflection.MethodInfo Compare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    /// <summary>The word in A-Z and digits alone; both what is kept and what is looked for pass here.</summary>
    public static string Plain(string folded) => string.Concat(folded.Select(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) ? c : 'Z'));

    /// <param name="column">Holds upper-case letters and digits only.</param>
    public static IQueryable<T> Begins<T>(this IQueryable<T> rows, Expression<Func<T, string?>> column, string beginning)
    {
        Expression Side(string bound) => Expression.Call(Compare, column.Body, Expression.Property(Expression.Constant(new Bound(bound)), nameof(Bound.Text)));
        var zero = Expression.Constant(0);
        return rows.Where(Expression.Lambda<Func<T, bool>>(
            Expression.AndAlso(
                Expression.GreaterThanOrEqual(Side(beginning), zero),
                Expression.LessThanOrEqual(Side(beginning + Last), zero)),
            column.Parameters[0]));
    }

    // A property becomes a parameter of the statement; a constant would make a plan for each text.
    private sealed record Bound(string Text);
}
