using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using OrderService.Stacks.Crypto;

namespace OrderService.Benchmarks;

/// <summary>
/// Compares the recovery of public keys through <see cref="Secp256k1"/> with the same loop in C over the same library and the same
/// signatures, and with the managed library, in turns. Prints each median, their ratios and the bytes allocated per recovery. Needs a C
/// compiler, <c>cc</c>.
/// </summary>
public static class RecoverBenchmark
{
    private const int Signatures = 1000;
    private const int Record = RecoverableSignature.Size + 32;

    /// <summary>
    /// Arguments: [turns = 5] [rounds of 1000 recoveries a turn = 30]. Answers 0 where the ratio is at least 0.90 and nothing was
    /// allocated.
    /// </summary>
    public static int Run(string[] args)
    {
        var turns = Math.Max(3, args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5);
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30;
        var folder = Directory.CreateTempSubdirectory("recover-").FullName;
        try
        {
            var inputs = Inputs();
            var inputsFile = Path.Combine(folder, "inputs");
            File.WriteAllBytes(inputsFile, inputs);
            var native = Compile(folder);

            CurveLibrary sharp = CurveLibrary.Choose(Secp256k1.Place), managedLibrary = CurveLibrary.Choose(null);
            _ = Managed(sharp, inputs, rounds, out _);
            _ = Managed(managedLibrary, inputs, 1, out _);
            List<double> managed = [], c = [], stand = [];
            long allocated = 0;
            for (var turn = 0; turn < turns; turn++)
            {
                c.Add(Native(native, inputsFile, rounds, out var expected));
                managed.Add(Managed(sharp, inputs, rounds, out var measured));
                stand.Add(Managed(managedLibrary, inputs, rounds, out var standIn));
                if (measured.Checksum != expected || standIn.Checksum != expected)
                    throw new UnreachableException("The loops recovered different keys.");
                allocated += measured.Allocated;
            }
            return Report(Median(c), Median(managed), Median(stand), (double)allocated / ((long)turns * rounds * Signatures));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Report(double c, double managed, double stand, double bytes)
    {
        var ratio = managed / c;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"C         {c,10:F0} recoveries/s (median)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"C#        {managed,10:F0} recoveries/s (median)"));
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"NBitcoin  {stand,10:F0} recoveries/s (median), {stand / managed:F3} of C#"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio     {ratio,10:F3} (target 0.90)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"allocated {bytes,10:F3} bytes per recovery (target 0)"));
        return ratio >= 0.90 && bytes == 0 ? 0 : 1;
    }

    private static byte[] Inputs()
    {
        var inputs = new byte[Signatures * Record];
        var key = PrivateKey.Generate();
        for (var i = 0; i < Signatures; i++)
        {
            var record = inputs.AsSpan(i * Record, Record);
            var hash = record[RecoverableSignature.Size..];
            SHA256.HashData(BitConverter.GetBytes(i), hash);
            Secp256k1.Sign(hash, key).CopyRsvTo(record);
        }
        return inputs;
    }

    // From the 65 bytes to the 33, as the C loop does; the range checks of the managed type are part of its price.
    private static double Managed(CurveLibrary library, byte[] inputs, int rounds, out (uint Checksum, long Allocated) measured)
    {
        Span<byte> encoded = stackalloc byte[CompressedPublicKey.Size];
        uint checksum = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < rounds; round++)
        {
            for (var at = 0; at < inputs.Length; at += Record)
            {
                var record = inputs.AsSpan(at, Record);
                if (!RecoverableSignature.TryFromRsv(record[..RecoverableSignature.Size], out var signature, out _)
                    || !library.TryRecover(record[RecoverableSignature.Size..], signature, out var key))
                {
                    throw new UnreachableException("A signature of our own was refused.");
                }
                key.CopyTo(encoded);
                checksum = unchecked(checksum * 31 + encoded[32]);
            }
        }
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        measured = (checksum, GC.GetAllocatedBytesForCurrentThread() - before);
        return (double)rounds * Signatures / seconds;
    }

    private static double Native(string program, string inputs, int rounds, out uint checksum)
    {
        var words = Execute(program, [inputs, rounds.ToString(CultureInfo.InvariantCulture)], out _)?.Split(' ')
            ?? throw new InvalidOperationException("The C loop failed.");
        checksum = uint.Parse(words[1], CultureInfo.InvariantCulture);
        return double.Parse(words[0], CultureInfo.InvariantCulture);
    }

    private static string Compile(string folder)
    {
        var program = Path.Combine(folder, "recover");
        var source = Path.Combine(AppContext.BaseDirectory, "Native", "recover.c");
        var place = Secp256k1.Place ?? throw new InvalidOperationException("There is no libsecp256k1 to compare with.");
        string[] linked = [place.IsPackaged ? place.Name : "-l:" + place.Name];
        return Execute("cc", ["-O2", source, "-o", program, .. linked], out var error) is not null
            ? program
            : throw new InvalidOperationException($"The C loop could not be compiled: {error}");
    }

    private static string? Execute(string program, string[] arguments, out string error)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The file of the package does not lie under the name that is written within it, which is the one that the loader looks for.
        if (Secp256k1.Place is { IsPackaged: true } place) start.Environment["LD_PRELOAD"] = place.Name;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        error = errors.Result;
        return process.ExitCode == 0 ? output.Trim() : null;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
    }
}
