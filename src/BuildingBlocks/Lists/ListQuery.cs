using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;

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
    private readonly Dictionary<string, Func<IQueryable<T>, Func<IQueryable<T>, IOrderedQueryable<T>>?, bool, IOrderedQueryable<T>>> known = new(StringComparer.Ordinal);
    private readonly Func<IOrderedQueryable<T>, bool, IOrderedQueryable<T>> last;

    public Orders(Expression<Func<T, Guid>> key) => last = (rows, down) => down ? rows.ThenByDescending(key) : rows.ThenBy(key);

    public Orders(Expression<Func<T, long>> key) => last = (rows, down) => down ? rows.ThenByDescending(key) : rows.ThenBy(key);

    public Orders(Expression<Func<T, string>> key) => last = (rows, down) => down ? rows.ThenByDescending(key) : rows.ThenBy(key);

    public IEnumerable<string> Names => known.Keys;

    public Orders<T> By<TKey>(string name, params Expression<Func<T, TKey>>[] columns)
    {
        known.Add(name, (rows, top, down) =>
        {
            var sorted = top is not null
                ? down ? top(rows).ThenByDescending(columns[0]) : top(rows).ThenBy(columns[0])
                : down ? rows.OrderByDescending(columns[0]) : rows.OrderBy(columns[0]);
            return columns.Skip(1).Aggregate(sorted, (s, column) => down ? s.ThenByDescending(column) : s.ThenBy(column));
        });
        return this;
    }

    internal IQueryable<T> Apply(IQueryable<T> rows, Func<IQueryable<T>, IOrderedQueryable<T>>? top, string? sort, string standing)
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

    /// <summary>The page that was asked for, or the whole.</summary>
    /// <param name="found">The rows within scope and filters.</param>
    /// <param name="shown">From rows to what is shown of them, by a projection.</param>
    /// <param name="top">What stands on top in every order.</param>
    public static async Task<Listing<TRow>> List<T, TRow>(
        this IQueryable<T> found, ListQuery<TRow> asked, Orders<T> orders, Func<IQueryable<T>, IQueryable<TRow>> shown, CancellationToken cancellation,
        Func<IQueryable<T>, IOrderedQueryable<T>>? top = null)
    {
        var sorted = orders.Apply(found, top, asked.Sort, asked.StandingSort);
        if (asked.Whole)
            return Listing<TRow>.Whole(shown(sorted).AsAsyncEnumerable());
        var size = asked.Size is < 1 or > LargestSize ? DefaultSize : asked.Size;
        if (asked.Page <= 1)
        {
            var first = await shown(sorted.Take(size)).ToListAsync(cancellation);
            if (first.Count < size)
                return new(first, 1, size, first.Count);
            var (counted, more) = await found.CountUpTo(cancellation);
            return new(first, 1, size, counted, more);
        }

        var (total, beyond) = await found.CountUpTo(cancellation);
        var page = Math.Clamp(asked.Page, 1, Math.Max(1, (total + size - 1) / size));
        return new(await shown(sorted.Skip((page - 1) * size).Take(size)).ToListAsync(cancellation), page, size, total, beyond);
    }

    /// <param name="page">From 1; what lies outside is brought inside.</param>
    public static async Task<Listing<T>> ToListing<T>(this IQueryable<T> rows, int page, int size, CancellationToken cancellation)
    {
        size = size is < 1 or > LargestSize ? DefaultSize : size;
        var total = await rows.CountAsync(cancellation);
        page = Math.Clamp(page, 1, Math.Max(1, (total + size - 1) / size));
        return new(await rows.Skip((page - 1) * size).Take(size).ToListAsync(cancellation), page, size, total);
    }

    private static async Task<(int Total, bool Beyond)> CountUpTo<T>(this IQueryable<T> rows, CancellationToken cancellation)
    {
        var counted = await rows.Take(CountedAtMost + 1).CountAsync(cancellation);
        return (Math.Min(counted, CountedAtMost), counted > CountedAtMost);
    }
}
