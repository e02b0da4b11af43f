using System.Threading.Channels;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>Many small pieces of work that arrive at once, done together: while one group is under way the next gathers, so
/// that a lone piece waits for nobody and a crowd pays the price of a commit together. In a crowd a group lingers a little
/// before it goes, for the fuller it is, the less each pays. Each caller gets her own answer, and
/// only after the whole group is done. If a group fails, each of its pieces is tried alone, and its failure is its own.</summary>
/// <param name="lanes">Groups under way at once; pieces of one lane never run beside each other.</param>
/// <param name="atMost">Pieces in one group.</param>
/// <param name="linger">For so long a group waits for more, once more than one piece came in the one before.</param>
/// <param name="work">Answers as many as it is given, in their order.</param>
public sealed class Gathering<TPiece, TAnswer>(int lanes, int atMost, TimeSpan linger, Func<IReadOnlyList<TPiece>, Task<IReadOnlyList<TAnswer>>> work) : IAsyncDisposable
{
    private readonly Lane[] open = [.. Enumerable.Range(0, lanes).Select(_ => new Lane(atMost, linger, work))];

    /// <summary>Pieces that wait or are under way.</summary>
    public int Waiting => open.Sum(l => l.Waiting);

    /// <param name="lane">Any number: pieces with the same go through the same lane.</param>
    public Task<TAnswer> Do(TPiece piece, int lane = 0) => open[(uint)lane % (uint)open.Length].Do(piece);

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in open)
            await lane.DisposeAsync();
    }

    private sealed class Lane : IAsyncDisposable
    {
        private readonly Channel<(TPiece Piece, TaskCompletionSource<TAnswer> Answer)> waiting =
            Channel.CreateUnbounded<(TPiece, TaskCompletionSource<TAnswer>)>(new() { SingleReader = true });

        private readonly int atMost;
        private readonly TimeSpan linger;
        private readonly Func<IReadOnlyList<TPiece>, Task<IReadOnlyList<TAnswer>>> work;
        private readonly Task running;
        private int count;

        public Lane(int atMost, TimeSpan linger, Func<IReadOnlyList<TPiece>, Task<IReadOnlyList<TAnswer>>> work)
        {
            (this.atMost, this.linger, this.work) = (atMost, linger, work);
            running = Task.Run(Run);
        }

        public int Waiting => Volatile.Read(ref count);

        public Task<TAnswer> Do(TPiece piece)
        {
            // The lane goes on with its next group, not with what the caller does after.
            var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Increment(ref count);
            if (!waiting.Writer.TryWrite((piece, answer)))
            {
                Interlocked.Decrement(ref count);
                throw new OperationCanceledException("The host is stopping.");
            }

            return answer.Task;
        }

        public async ValueTask DisposeAsync()
        {
            waiting.Writer.TryComplete();
            await running;
        }

        private async Task Run()
        {
            var group = new List<(TPiece Piece, TaskCompletionSource<TAnswer> Answer)>(atMost);
            var crowd = false;
            while (await waiting.Reader.WaitToReadAsync())
            {
                if (crowd && linger > TimeSpan.Zero && Waiting < atMost)
                    await Task.Delay(linger);
                while (group.Count < atMost && waiting.Reader.TryRead(out var next))
                    group.Add(next);
                crowd = group.Count > 1;
                await Together(group);
                Interlocked.Add(ref count, -group.Count);
                group.Clear();
            }
        }

        private async Task Together(List<(TPiece Piece, TaskCompletionSource<TAnswer> Answer)> group)
        {
            try
            {
                var answers = await work([.. group.Select(g => g.Piece)]);
                for (var i = 0; i < group.Count; i++)
                    group[i].Answer.TrySetResult(answers[i]);
            }
            catch (Exception failure) when (group.Count == 1)
            {
                group[0].Answer.TrySetException(failure);
            }
            catch (Exception)
            {
                foreach (var one in group)
                    await Together([one]);
            }
        }
    }
}
