using System.Runtime.CompilerServices;

namespace Platform.Patients.Imports;

internal static class Chunks
{
    /// <summary>As many at a time, the last ones fewer.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> Chunk<T>(
        this IAsyncEnumerable<T> rows, int size, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var chunk = new List<T>(size);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            chunk.Add(row);
            if (chunk.Count < size)
                continue;
            yield return chunk;
            chunk = new(size);
        }

        if (chunk.Count > 0)
            yield return chunk;
    }
}
