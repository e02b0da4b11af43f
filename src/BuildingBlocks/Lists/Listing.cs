using System.Runtime.CompilerServices;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.BuildingBlocks.Lists;

/// <summary>One page of a list, with what its pager needs; or, for an export, all of its rows as they come.</summary>
/// <param name="Total">Rows in all, counted up to <see cref="Listings.CountedAtMost"/>.</param>
/// <param name="Beyond">There are more than were counted.</param>
[Shows(FieldClass.Work)]
public sealed record Listing<T>(IReadOnlyList<T> Rows, int Page, int Size, int Total, bool Beyond = false) : IAboutPatients, IWholeList
{
    // What an export gives before the next line of the audit.
    private const int Part = 500;

    private IAsyncEnumerable<T>? all;
    private Func<IReadOnlyCollection<Guid>, IReadOnlyCollection<Guid>, Task>? audit;
    private Action<object>? blank;

    internal static Listing<T> None { get; } = new([], 1, Listings.DefaultSize, 0);

    public int Pages => Math.Max(1, (Total + Size - 1) / Size);

    public IEnumerable<Guid> PatientsShown => PatientsOf(Rows);
    public IEnumerable<Guid> RecordsShown => RecordsOf(Rows);

    internal static Listing<T> Whole(IAsyncEnumerable<T> rows) => None with { all = rows };

    public async IAsyncEnumerable<T> All([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var part = new List<T>(Part);
        await foreach (var row in (all ?? Rows.ToAsyncEnumerable()).WithCancellation(cancellation))
        {
            if (all is not null)
                blank?.Invoke(row!);
            part.Add(row);
            if (part.Count < Part)
                continue;
            await Audit(part);
            foreach (var audited in part)
                yield return audited;
            part.Clear();
        }

        await Audit(part);
        foreach (var audited in part)
            yield return audited;
    }

    void IWholeList.AuditBy(Func<IReadOnlyCollection<Guid>, IReadOnlyCollection<Guid>, Task> write) => audit = write;

    void IWholeList.BlankBy(Action<object> leaveOut) => blank = leaveOut;

    private Task Audit(List<T> part)
    {
        var (patients, records) = (PatientsOf(part).ToHashSet(), RecordsOf(part).ToHashSet());
        return all is not null && audit is not null && patients.Count + records.Count > 0 ? audit(patients, records) : Task.CompletedTask;
    }

    private static IEnumerable<Guid> PatientsOf(IEnumerable<T> rows) => rows.OfType<IOfPatient>().Select(r => r.PatientOfRow).OfType<Guid>();

    private static IEnumerable<Guid> RecordsOf(IEnumerable<T> rows) =>
        rows.OfType<IOfPatient>().Where(r => r.PatientOfRow is null).Select(r => r.RecordOfRow).OfType<Guid>();
}

/// <summary>Rows that come one by one: their lines in the audit are written part by part, each before it is given.</summary>
internal interface IWholeList
{
    /// <param name="write">Takes the people, and the records of people not known yet.</param>
    void AuditBy(Func<IReadOnlyCollection<Guid>, IReadOnlyCollection<Guid>, Task> write);

    /// <param name="leaveOut">Of a row, what its reader must not see.</param>
    void BlankBy(Action<object> leaveOut);
}
