using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OrderService.Stacks.Crypto;

// The C functions of libsecp256k1 with its recovery module, and where a file with all of them is.
internal static unsafe partial class NativeSecp256k1
{
    public const uint Compressed = 258;

    private const string Library = "secp256k1";
    private const uint SignAndVerify = 0x301;

    private static readonly string[] Packaged = ["libsecp256k1.so", "libsecp256k1.dylib", "secp256k1.dll"];

    // The number differs by distribution and the functions used here are the same in all of them.
    private static readonly string[] System =
    [
        "libsecp256k1.so.1", "libsecp256k1.so.2", "libsecp256k1.so.3", "libsecp256k1.so.5", "libsecp256k1.so.6", "libsecp256k1.so.0",
        "libsecp256k1.so", "libsecp256k1.dylib",
    ];

    private static readonly Lock Gate = new();
    private static nint library;

    // The file beside the program first (it comes with the package Secp256k1.Net), then the machine's. Null where none can be used.
    public static Place? Find() =>
        Find(BesideProgram().SelectMany(folder => Packaged.Select(name => Path.Combine(folder, name))).Where(File.Exists), System);

    public static Place? Find(IEnumerable<string> packaged, IEnumerable<string> system) =>
        packaged.Select(file => Open(file, isPackaged: true)).FirstOrDefault(place => place is not null)
        ?? system.Select(name => Open(name, isPackaged: false)).FirstOrDefault(place => place is not null);

    // The functions of a process are those of the first library that a context was made of.
    public static nint CreateContext(Place place)
    {
        lock (Gate)
        {
            if (library == 0)
            {
                library = place.Handle;
                NativeLibrary.SetDllImportResolver(typeof(NativeSecp256k1).Assembly, (name, _, _) => name == Library ? library : 0);
            }
        }
        var context = ContextCreate(SignAndVerify);
        Span<byte> seed = stackalloc byte[32];
        RandomNumberGenerator.Fill(seed);
        fixed (byte* blinding = seed) _ = ContextRandomize(context, blinding);
        return context;
    }

    private static IEnumerable<string> BesideProgram() =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory);

    // Some distributions build it without the recovery module.
    private static Place? Open(string name, bool isPackaged)
    {
        if (!NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out var handle)) return null;
        var isWhole = NativeLibrary.TryGetExport(handle, "secp256k1_ecdsa_recover", out _)
            && NativeLibrary.TryGetExport(handle, "secp256k1_ecdsa_sign_recoverable", out _);
        if (isWhole) return new Place(name, isPackaged, handle);

        NativeLibrary.Free(handle);
        return null;
    }

    // A library that was loaded: its path where it came with the program, else the name that the machine's loader knows.
    public sealed record Place(string Name, bool IsPackaged, nint Handle);

    [LibraryImport(Library, EntryPoint = "secp256k1_context_create")]
    private static partial nint ContextCreate(uint flags);

    [LibraryImport(Library, EntryPoint = "secp256k1_context_randomize")]
    private static partial int ContextRandomize(nint context, byte* seed32);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recoverable_signature_parse_compact")]
    public static partial int RecoverableParse(nint context, byte* signature65, byte* compact64, int recoveryId);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recoverable_signature_serialize_compact")]
    public static partial int RecoverableSerialize(nint context, byte* compact64, int* recoveryId, byte* signature65);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recover")]
    public static partial int Recover(nint context, byte* point64, byte* signature65, byte* hash32);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_sign_recoverable")]
    public static partial int SignRecoverable(nint context, byte* signature65, byte* hash32, byte* secret32, nint nonce, nint nonceData);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_signature_parse_compact")]
    public static partial int SignatureParse(nint context, byte* signature64, byte* compact64);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_verify")]
    public static partial int Verify(nint context, byte* signature64, byte* hash32, byte* point64);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_parse")]
    public static partial int PointParse(nint context, byte* point64, byte* encoded, nuint length);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_serialize")]
    public static partial int PointSerialize(nint context, byte* encoded, nuint* length, byte* point64, uint flags);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_create")]
    public static partial int PointCreate(nint context, byte* point64, byte* secret32);
}
