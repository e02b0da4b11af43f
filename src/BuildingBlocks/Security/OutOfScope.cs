using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Platform.BuildingBlocks.Security;

/// <summary>The nouns among whose visible rows somebody's request looked. What lies outside her scopes is answered as what does not exist; the log of
/// the installation tells them apart (OWASP ASVS 7.2.2).</summary>
public sealed class OutOfScope
{
    private readonly Dictionary<Type, IRows> looked = [];

    /// <param name="rows">Before the scope is applied; <see cref="Visibility.Within"/> notes its own.</param>
    public void Note<T>(IQueryable<T> rows) => looked.TryAdd(typeof(T), new Rows<T>(rows));

    /// <summary>Which row the request named that is there all the same.</summary>
    internal async Task<(string Noun, Guid Id)?> Named(object request, CancellationToken cancellation)
    {
        var ids = request.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType) == typeof(Guid))
            .Select(p => p.GetValue(request)).OfType<Guid>().Where(id => id != Guid.Empty).ToList();
        foreach (var (noun, rows) in ids.Count == 0 ? [] : looked)
        {
            if (await rows.FirstOf(ids, cancellation) is { } id)
                return (noun.Name, id);
        }

        return null;
    }

    private interface IRows
    {
        Task<Guid?> FirstOf(List<Guid> ids, CancellationToken cancellation);
    }

    private sealed class Rows<T>(IQueryable<T> rows) : IRows
    {
        private static readonly PropertyInfo? Key = typeof(T).GetProperty("Id") is { } id && id.PropertyType == typeof(Guid) ? id : null;

        public async Task<Guid?> FirstOf(List<Guid> ids, CancellationToken cancellation)
        {
            if (Key is null)
                return null;
            var row = Expression.Parameter(typeof(T), "row");
            var key = Expression.Lambda<Func<T, Guid>>(Expression.Property(row, Key), row);
            return await rows.Select(key).Where(id => ids.Contains(id)).Select(id => (Guid?)id).FirstOrDefaultAsync(cancellation);
        }
    }
}
