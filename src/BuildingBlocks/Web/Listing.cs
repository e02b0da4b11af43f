using Microsoft.EntityFrameworkCore;

namespace Platform.BuildingBlocks.Web;

/// <summary>One page of a list, with what its pager needs.</summary>
public sealed record Listing<T>(IReadOnlyList<T> Rows, int Page, int Size, int Total)
{
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);
}

public static class Listings
{
    public const int DefaultSize = 25;
    public const int LargestSize = 200;

    /// <param name="page">From 1; what lies outside is brought inside.</param>
    public static async Task<Listing<T>> ToListing<T>(
        this IQueryable<T> rows, int page, int size, CancellationToken cancellation)
    {
        size = size is < 1 or > LargestSize ? DefaultSize : size;
        var total = await rows.CountAsync(cancellation);
        page = Math.Clamp(page, 1, Math.Max(1, (total + size - 1) / size));
        return new(await rows.Skip((page - 1) * size).Take(size).ToListAsync(cancellation), page, size, total);
    }
}
