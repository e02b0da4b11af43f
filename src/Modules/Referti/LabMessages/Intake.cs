using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Hl7;
using Platform.Referti.Unmatched;

namespace Platform.Referti.LabMessages;

/// <summary>Takes messages one by one: stores each before it is answered, then works through its results, each in a
/// transaction of its own, so that one that fails leaves the others alone.</summary>
internal sealed class Intake(IServiceScopeFactory scopes, IDatabaseEngine engine, Region region, TimeProvider clock, ILogger<Intake> log)
{
    private const int Attempts = 3;

    /// <summary>After so many rounds of the job, over some four hours, a person decides.</summary>
    private const int MostRounds = 7;

    /// <param name="senderId">The API client or the operator; null for the command line.</param>
    public async Task<Taken> Take(Incoming incoming, string lab, Guid? senderId, CancellationToken cancellation)
    {
        if (incoming.ControlId is null)
            return new(incoming.Verdict, false, [.. incoming.Reading.Problems.Select(p => p.AsProblem())], []);
        var (stored, known) = await Store(incoming, lab, senderId, cancellation);
        if (known)
            return Answer(stored, known, stored.OutcomesOf());
        if (stored.Answer == AckCode.AE)
            await Hold(stored, cancellation);

        var outcomes = new List<Outcome>();
        foreach (var result in stored.Answer == AckCode.AA ? incoming.Reading.Results : [])
        {
            if (await PlaceOne(stored.Id, result.Index, senderId, cancellation) is { } outcome)
                outcomes.Add(outcome);
        }

        return Answer(stored, known, outcomes);
    }

    /// <summary>Many at once, answered in their order: armful by armful, each in one transaction. An armful of which one
    /// fails is taken one by one, so that it fails alone.</summary>
    public async Task<IReadOnlyList<Taken>> TakeAll(IReadOnlyList<Incoming> messages, string lab, Guid? senderId, CancellationToken cancellation)
    {
        var taken = new List<Taken>(messages.Count);
        foreach (var armful in Armfuls.Of(messages))
        {
            var group = armful.Count > 1 ? await TakeArmful(armful, lab, senderId, cancellation) : null;
            for (var i = 0; i < armful.Count; i++)
                taken.Add(group?[i] ?? await Take(armful[i], lab, senderId, cancellation));
        }

        return taken;
    }

    /// <returns>Null for what has to be taken alone; null for all when one failed.</returns>
    private async Task<Taken?[]?> TakeArmful(IReadOnlyList<Incoming> armful, string lab, Guid? senderId, CancellationToken cancellation)
    {
        try
        {
            return await InScope(senderId, async (db, services) =>
            {
                var ids = armful.Select(m => m.ControlId!).ToList();
                var before = (await db.Messages.AsNoTracking().Where(m => m.LabCode == lab && ids.Contains(m.ControlId)).ToListAsync(cancellation)).ToLookup(m => m.ControlId);
                var placing = services.GetRequiredService<Placing>();
                var facts = await placing.FactsOf(lab, [.. armful.Where(m => !before.Contains(m.ControlId!)).SelectMany(m => m.Reading.Results)], cancellation);
                var now = clock.GetUtcNow();
                var taken = new Taken?[armful.Count];
                for (var i = 0; i < armful.Count; i++)
                {
                    var incoming = armful[i];
                    var hash = HashOf(incoming);
                    if (before.Contains(incoming.ControlId!))
                    {
                        taken[i] = before[incoming.ControlId!].FirstOrDefault(m => m.ContentHash == hash) is { } twin ? Answer(twin, true, twin.OutcomesOf()) : null;
                        continue;
                    }

                    var message = LabMessage.Of(Guid.CreateVersion7(now), lab, region.AslOfLab(lab), senderId, incoming.ControlId!, hash, incoming.Bytes, incoming.Verdict, incoming.Reading, now.UtcDateTime);
                    db.Messages.Add(message);
                    var outcomes = new List<Outcome>();
                    foreach (var result in incoming.Reading.Results)
                        outcomes.Add(await placing.Place(message, result, null, facts, cancellation));
                    taken[i] = Answer(message, false, outcomes);
                }

                await db.SaveChangesAsync(cancellation);
                return taken;
            });
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            log.LogInformation("{Count} messages are taken one by one: {Failure}", armful.Count, failure.GetType().Name);
            return null;
        }
    }

    /// <summary>Works through what was stored and is not settled yet.</summary>
    public async Task WorkThrough(Guid messageId, Guid? senderId, CancellationToken cancellation)
    {
        // The pause first: whatever goes wrong from here on, the next round begins with the others.
        await Postpone(messageId, senderId, cancellation);
        var (rounds, open) = await InScope(senderId, async (db, _) =>
        {
            var message = await db.Messages.AsNoTracking().SingleAsync(m => m.Id == messageId, cancellation);
            var settled = message.OutcomesOf().Select(o => o.Index).ToHashSet();
            return (message.Attempts, message.ReadingOf().Results.Select(r => r.Index).Where(i => !settled.Contains(i)).ToList());
        });
        foreach (var index in open)
        {
            if (await PlaceOne(messageId, index, senderId, cancellation) is null && rounds >= MostRounds)
                await HandOver(messageId, index, senderId, cancellation);
        }
    }

    private Task<int> Postpone(Guid messageId, Guid? senderId, CancellationToken cancellation) =>
        InScope(senderId, async (db, _) =>
        {
            var rounds = await db.Messages.Where(m => m.Id == messageId).Select(m => m.Attempts).SingleAsync(cancellation);
            var next = clock.GetUtcNow().UtcDateTime + LabMessage.PauseAfter(rounds + 1);
            return await db.Messages.Where(m => m.Id == messageId).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.Attempts, rounds + 1).SetProperty(m => m.TryAgainAt, next), cancellation);
        });

    private Task<int> HandOver(Guid messageId, int index, Guid? senderId, CancellationToken cancellation) =>
        InScope(senderId, async (db, services) =>
        {
            var message = await db.Messages.SingleAsync(m => m.Id == messageId, cancellation);
            services.GetRequiredService<Placing>().Hold(message, message.ReadingOf().Results.Single(r => r.Index == index), WaitingReason.NotProcessed);
            return await db.SaveChangesAsync(cancellation);
        });

    /// <returns>Null where it could not be placed now.</returns>
    private async Task<Outcome?> PlaceOne(Guid messageId, int index, Guid? senderId, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await InScope(senderId, async (db, services) =>
                {
                    var message = await db.Messages.SingleAsync(m => m.Id == messageId, cancellation);
                    if (message.OutcomesOf().FirstOrDefault(o => o.Index == index) is { } done)
                        return done; // Somebody else was a moment earlier.
                    var reading = message.ReadingOf().Results.Single(r => r.Index == index);
                    var outcome = await services.GetRequiredService<Placing>().Place(message, reading, null, cancellation);
                    await db.SaveChangesAsync(cancellation);
                    return outcome;
                });
            }
            catch (Exception failure) when (attempt < Attempts && IsRace(failure))
            {
                // Another message of the same sample was a moment earlier: look again.
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                // The message is stored: the job tries again. The exception's words may quote data.
                log.LogError("Result {Index} of message {MessageId} was not placed: {Failure}\n{Where}", index, messageId, failure.GetType().Name, failure.StackTrace);
                return null;
            }
        }
    }

    private bool IsRace(Exception failure) =>
        failure is DbUpdateException && engine.IsDuplicate(failure)
        || failure is BuildingBlocks.Failures.Refusal { Code: "changed-meanwhile" };

    // What is read and has no result at all waits as a whole, and so does another content under a known control id.
    private Task<int> Hold(LabMessage stored, CancellationToken cancellation) =>
        InScope(stored.SenderId, async (db, services) =>
        {
            var message = await db.Messages.SingleAsync(m => m.Id == stored.Id, cancellation);
            var reading = message.ReadingOf();
            var placing = services.GetRequiredService<Placing>();
            if (reading.Results.Count == 0)
                placing.Hold(message, Nothing, Reason(reading));
            foreach (var result in reading.Results)
                placing.Hold(message, result, Reason(reading));
            return await db.SaveChangesAsync(cancellation);
        });

    private static string Reason(MessageReading reading) =>
        reading.Problems.Any(p => p.Code == WaitingReason.DuplicateControlId) ? WaitingReason.DuplicateControlId : ProblemCodes.NoResult;

    private static ResultReading Nothing { get; } =
        new(0, PersonReading.Of(PatientIdentity.Nobody), null, null, null, null, ObservationStatus.Unknown, null, false, false, [], null, null,
            null, null, null, null, null, [], []);

    private async Task<(LabMessage Stored, bool Known)> Store(
        Incoming incoming, string lab, Guid? senderId, CancellationToken cancellation)
    {
        var (controlId, answer, reading) = (incoming.ControlId!, incoming.Verdict, incoming.Reading);
        var hash = HashOf(incoming);
        try
        {
            return await InScope(senderId, async (db, _) =>
            {
                var same = await db.Messages.AsNoTracking().Where(m => m.LabCode == lab && m.ControlId == controlId)
                    .Select(m => new { m.Id, m.ContentHash, m.Answer }).ToListAsync(cancellation);
                if (same.Find(m => m.ContentHash == hash) is { } twin)
                    return (await db.Messages.AsNoTracking().SingleAsync(m => m.Id == twin.Id, cancellation), true);
                if (answer == AckCode.AA && same.Exists(m => m.Answer == AckCode.AA))
                {
                    answer = AckCode.AE;
                    reading = reading with { Problems = [ProblemReading.Of(DuplicateControlId), .. reading.Problems] };
                }

                var now = clock.GetUtcNow();
                var message = LabMessage.Of(Guid.CreateVersion7(now), lab, region.AslOfLab(lab), senderId, controlId, hash, incoming.Bytes, answer, reading, now.UtcDateTime);
                db.Messages.Add(message);
                await db.SaveChangesAsync(cancellation);
                return (message, false);
            });
        }
        catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
        {
            // The same message came twice at once, and the other was a moment earlier.
            return (await InScope(senderId, (db, _) => db.Messages.AsNoTracking()
                .SingleAsync(m => m.LabCode == lab && m.ControlId == controlId && m.ContentHash == hash, cancellation)), true);
        }
    }

    private static string HashOf(Incoming incoming) => Digest.Of(incoming.Bytes);

    private static Hl7Problem DuplicateControlId { get; } =
        new(WaitingReason.DuplicateControlId, "MSH", 1, 10, WaitingReason.Of(WaitingReason.DuplicateControlId).InEnglish);

    private static Taken Answer(LabMessage stored, bool known, IReadOnlyList<Outcome> outcomes)
    {
        var problems = stored.ReadingOf().Problems.Select(p => p.AsProblem()).ToList();
        if (stored.Answer == AckCode.AA)
        {
            // What waits says why; a doubt that the reading notes already is not said twice.
            problems.AddRange(outcomes.Where(o => o.State == OutcomeState.Waiting && o.Reason is { } code && problems.TrueForAll(p => p.Code != code))
                .Select(o => WaitingReason.Of(o.Reason!).AsProblem(o.Index)));
        }

        return new(stored.Answer, known, problems, stored.Answer == AckCode.AA ? outcomes : []);
    }

    // A scope of its own for each step: a step that fails leaves nothing behind for the next.
    private async Task<T> InScope<T>(Guid? senderId, Func<RefertiDb, IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform(senderId);
        return await work(scope.ServiceProvider.GetRequiredService<RefertiDb>(), scope.ServiceProvider);
    }
}
