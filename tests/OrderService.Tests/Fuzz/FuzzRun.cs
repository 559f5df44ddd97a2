using System.Text;

namespace OrderService.Tests.Fuzz;

/// <summary>
/// A reader of strangers' bytes and good inputs of its; it may answer what it likes, but not throw, hang, or take much memory.
/// </summary>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Corpus, Action<byte[]> Read)
{
    /// <summary>A reader of text.</summary>
    public static FuzzTarget Of(string name, IEnumerable<string> corpus, Action<string> read) =>
        new(name, [.. corpus.Select(Encoding.UTF8.GetBytes)], bytes => read(Encoding.UTF8.GetString(bytes)));
}

/// <summary>
/// Runs a target over mutated inputs. What fails is told as hex, with the seed and the number of the input, which make it again.
/// </summary>
internal static class FuzzRun
{
    private const int Seed = 20_261_128;
    private const long BytesMax = 16 << 20; // of all that is allocated for one input of 64 KiB at most
    // for what ends in microseconds: no busy machine makes it that long
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(1);

    /// <summary>So many inputs, on a thread that is watched.</summary>
    public static void Run(FuzzTarget target, int count)
    {
        var state = new State(count);
        var thread = new Thread(() => state.Run(target)) { IsBackground = true };
        thread.Start();
        for (var seen = -1L; !thread.Join(HangLimit); seen = state.Number)
        {
            if (state.Number == seen)
                throw new TimeoutException($"{target.Name} hangs on input {seen}: {Convert.ToHexString(state.Input)}");
        }
        if (state.Failure is { } failure) throw failure;
        state.Number.ShouldBe(count);
    }

    private sealed class State(int count)
    {
        private long _number;

        public long Number => Interlocked.Read(ref _number);

        public volatile byte[] Input = [];

        public Exception? Failure { get; private set; }

        public void Run(FuzzTarget target)
        {
            foreach (var good in target.Corpus) target.Read(good);
            var mutator = new Mutator(Seed ^ target.Name.Length, target.Corpus);
            while (_number < count && Failure is null)
            {
                Input = mutator.Next();
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    target.Read(Input);
                }
                catch (Exception fault)
                {
                    Failure = new InvalidOperationException($"{target.Name}, input {_number} of seed {Seed}: {fault.GetType().Name} {fault.Message} on {Convert.ToHexString(Input)}", fault);
                }
                if (GC.GetAllocatedBytesForCurrentThread() - before is > BytesMax and var taken)
                {
                    Failure = new InvalidOperationException(
                        $"{target.Name}, input {_number}: {taken} bytes for {Convert.ToHexString(Input)}");
                }
                Interlocked.Increment(ref _number);
            }
        }
    }
}
