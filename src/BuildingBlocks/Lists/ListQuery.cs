using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Lists;

/// <summary>A worklist asked for: one page of it, or, for an export, all of it. A row that shows a person implements
/// <see cref="Security.IOfPatient"/>, and each reading of it leaves its line in the audit.</summary>
public abstract record ListQuery<TRow> : IQuery<Listing<TRow>>
{
    /// <summary>The order in which the list stands when nobody asks for another.</summary>
    public abstract string StandingSort { get; }

    /// <summary>Name of one of the list's orders, with <c>-</c> before it for the other way.</summary>
    public string? Sort { get; init; }

    /// <summary>From 1; what lies outside is brought inside.</summary>
    public int Page { get; init; } = 1;

    public int Size { get; init; } = Listings.DefaultSize;

    public bool Whole { get; init; }
}

/// <summary>The orders of a list. The key comes last in each: two pages of one list never show the same row.</summary>
public sealed class Orders<T>
{
    private readonly Dictionary<string, Func<IQueryable<T>, Expression<Func<T, bool>>?, bool, IOrderedQueryable<T>>> known = new(StringComparer.Ordinal);
    private readonly Func<IOrderedQueryable<T>, bool, IOrderedQueryable<T>> last;

    public Orders(Expression<Func<T, Guid>> key) => (Key, last) = (key, (rows, down) => down ? rows.ThenByDescending(key) : rows.ThenBy(key));

    public Orders(Expression<Func<T, long>> key) => last = (rows, down) => down ? rows.ThenByDescending(key) : rows.ThenBy(key);

    public Orders(Expression<Func<T, string>> key) => last = (rows, down) => down ? rows.ThenByDescending(key) : rows.ThenBy(key);

    internal Expression<Func<T, Guid>>? Key { get; }

    public IEnumerable<string> Names => known.Keys;

    public Orders<T> By<TKey>(string name, params Expression<Func<T, TKey>>[] columns)
    {
        known.Add(name, (rows, top, down) =>
        {
            var sorted = top is not null
                ? down ? rows.OrderByDescending(top).ThenByDescending(columns[0]) : rows.OrderByDescending(top).ThenBy(columns[0])
                : down ? rows.OrderByDescending(columns[0]) : rows.OrderBy(columns[0]);
            return columns.Skip(1).Aggregate(sorted, (s, column) => down ? s.ThenByDescending(column) : s.ThenBy(column));
        });
        return this;
    }

    internal IQueryable<T> Apply(IQueryable<T> rows, Expression<Func<T, bool>>? top, string? sort, string standing)
    {
        var name = sort is { Length: > 0 } && known.ContainsKey(sort.TrimStart('-')) ? sort : standing;
        var down = name[0] == '-';
        return last(known[name.TrimStart('-')](rows, top, down), down);
    }
}

public static class Listings
{
    public const int DefaultSize = 25;
    public const int LargestSize = 200;

    /// <summary>Counting millions for a number at the foot of a page costs more than the page: beyond this it says "more than".</summary>
    public const int CountedAtMost = 10_000;

    /// <summary>Beyond this a search wants another word: it says "more than", and is read in its order.</summary>
    public const int FoundAtMost = 2000;

    /// <summary>The page that was asked for, or the whole.</summary>
    /// <param name="found">The rows within scope and filters.</param>
    /// <param name="shown">From rows to what is shown of them, by a projection.</param>
    /// <param name="top">What stands on top in every order.</param>
    /// <param name="search">Something was looked for: who was found comes first of all, and is put in order afterwards when they are
    /// few. A database that reads a list in its order until it has met enough of them may read all of it.</param>
    /// <param name="parts">The same rows in parts that share none, where an index finds each part in the order asked but not their union.</param>
    public static async Task<Listing<TRow>> List<T, TRow>(
        this IQueryable<T> found, ListQuery<TRow> asked, Orders<T> orders, Func<IQueryable<T>, IQueryable<TRow>> shown, CancellationToken cancellation,
        Expression<Func<T, bool>>? top = null, bool search = false, IReadOnlyList<IQueryable<T>>? parts = null)
    {
        if (asked.Whole)
            return Listing<TRow>.Whole(shown(orders.Apply(found, top, asked.Sort, asked.StandingSort)).AsAsyncEnumerable());
        (int Total, bool Beyond)? counted = null;
        if (search)
        {
            var keys = await found.KeysUpTo(orders.Key!, FoundAtMost + 1, cancellation);
            counted = (Math.Min(keys.Count, FoundAtMost), keys.Count > FoundAtMost);
            if (keys.Count <= FoundAtMost)
                found = found.All().Where(In(orders.Key!, keys));
        }

        var apart = (parts ?? found.Ways()).SelectMany(part => top is null ? [part] : new[] { part.Where(top), part.Where(top.Not()) }).ToList();
        IQueryable<TRow> Rows(int skip, int take) => apart.Count == 1
            ? shown(orders.Apply(found, top, asked.Sort, asked.StandingSort).Skip(skip).Take(take))
            // The first rows of each part are found by an index; the first of all are among them.
            : shown(orders.Apply(apart.Select(part => orders.Apply(part, null, asked.Sort, asked.StandingSort).Take(skip + take)).Aggregate(Queryable.Concat),
                top, asked.Sort, asked.StandingSort).Skip(skip).Take(take));
        var size = asked.Size is < 1 or > LargestSize ? DefaultSize : asked.Size;
        if (asked.Page <= 1)
        {
            var first = await Rows(0, size).ToListAsync(cancellation);
            if (first.Count < size)
                return new(first, 1, size, first.Count);
            var (all, more) = counted ?? await apart.CountUpTo(cancellation);
            return new(first, 1, size, all, more);
        }

        var (total, beyond) = counted ?? await apart.CountUpTo(cancellation);
        var page = Math.Clamp(asked.Page, 1, Math.Max(1, (total + size - 1) / size));
        return new(await Rows((page - 1) * size, size).ToListAsync(cancellation), page, size, total, beyond);
    }

    /// <summary>How many there are in all, each way of the scope counted by its own index.</summary>
    public static async Task<int> CountEachWay<T>(this IQueryable<T> rows, CancellationToken cancellation)
    {
        var counted = 0;
        foreach (var way in rows.Ways())
            counted += await way.CountAsync(cancellation);
        return counted;
    }

    /// <summary>The keys of the rows, so many at most, each way of the scope asked by itself.</summary>
    private static async Task<List<Guid>> KeysUpTo<T>(this IQueryable<T> rows, Expression<Func<T, Guid>> key, int most, CancellationToken cancellation)
    {
        var keys = new List<Guid>();
        foreach (var way in rows.Ways())
        {
            if (keys.Count < most)
                keys.AddRange(await way.Select(key).Take(most - keys.Count).ToListAsync(cancellation));
        }

        return keys;
    }

    /// <param name="page">From 1; what lies outside is brought inside.</param>
    public static async Task<Listing<T>> ToListing<T>(this IQueryable<T> rows, int page, int size, CancellationToken cancellation)
    {
        size = size is < 1 or > LargestSize ? DefaultSize : size;
        var total = await rows.CountAsync(cancellation);
        page = Math.Clamp(page, 1, Math.Max(1, (total + size - 1) / size));
        return new(await rows.Skip((page - 1) * size).Take(size).ToListAsync(cancellation), page, size, total);
    }

    private static async Task<(int Total, bool Beyond)> CountUpTo<T>(this IEnumerable<IQueryable<T>> parts, CancellationToken cancellation)
    {
        var counted = 0;
        foreach (var part in parts)
        {
            if (counted <= CountedAtMost)
                counted += await part.Take(CountedAtMost + 1 - counted).CountAsync(cancellation);
        }

        return (Math.Min(counted, CountedAtMost), counted > CountedAtMost);
    }

    /// <summary>The same rows by each way of the scope alone, no row twice.</summary>
    private static IEnumerable<IQueryable<T>> Ways<T>(this IQueryable<T> rows)
    {
        var search = new ScopeFinder();
        search.Visit(rows.Expression);
        return search.Found is not { } scope ? [rows]
            : Visibility.Ways.TryGetValue(scope, out var ways) ? ways.Select(way => rows.Provider.CreateQuery<T>(new ScopeFinder(scope, way).Visit(rows.Expression)))
            : [rows];
    }

    /// <summary>Without scope and filters: only for keys that were found within them.</summary>
    private static IQueryable<T> All<T>(this IQueryable<T> rows)
    {
        var root = rows.Expression;
        while (root is MethodCallExpression { Arguments: [var source, ..] } && source.Type.IsAssignableTo(typeof(IQueryable<T>)))
            root = source;
        return rows.Provider.CreateQuery<T>(root);
    }

    private static Expression<Func<T, bool>> In<T>(Expression<Func<T, Guid>> key, List<Guid> keys)
    {
        Expression<Func<Guid, bool>> known = one => keys.Contains(one);
        var contains = (MethodCallExpression)known.Body;
        return Expression.Lambda<Func<T, bool>>(contains.Update(contains.Object, [key.Body]), key.Parameters);
    }

    private static Expression<Func<T, bool>> Not<T>(this Expression<Func<T, bool>> condition) =>
        Expression.Lambda<Func<T, bool>>(Expression.Not(condition.Body), condition.Parameters);

    private sealed class ScopeFinder(LambdaExpression? replaced = null, LambdaExpression? by = null) : ExpressionVisitor
    {
        public LambdaExpression? Found { get; private set; }

        protected override Expression VisitLambda<TDelegate>(Expression<TDelegate> node)
        {
            if (replaced is not null)
                return node == replaced ? by! : node;
            if (Visibility.Ways.TryGetValue(node, out _))
                Found = node;
            return node;
        }
    }
}
