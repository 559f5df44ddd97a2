using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OrderService.Stacks.Crypto;

// The C functions of libsecp256k1 with its recovery module. One context serves all threads: after it is made and blinded, calls only read it.
internal static unsafe partial class NativeSecp256k1
{
    public const uint Compressed = 258;

    private const string Library = "secp256k1";
    private const uint SignAndVerify = 0x301;

    // The number differs by distribution and the functions used here are the same in all of them.
    private static readonly string[] Names =
    [
        "libsecp256k1.so.1", "libsecp256k1.so.2", "libsecp256k1.so.3", "libsecp256k1.so.5", "libsecp256k1.so.6", "libsecp256k1.so.0",
        "libsecp256k1.so", "libsecp256k1.dylib", "secp256k1",
    ];

    private static readonly Lock Gate = new();
    private static nint library;
    private static nint context;

    public static nint Context
    {
        get
        {
            var made = Volatile.Read(ref context);
            return made != 0 ? made : Load();
        }
    }

    private static nint Load()
    {
        lock (Gate)
        {
            if (context != 0) return context;
            if (library == 0)
            {
                library = Find();
                NativeLibrary.SetDllImportResolver(typeof(NativeSecp256k1).Assembly, (name, _, _) => name == Library ? library : 0);
            }

            var made = ContextCreate(SignAndVerify);
            Span<byte> seed = stackalloc byte[32];
            RandomNumberGenerator.Fill(seed);
            fixed (byte* blinding = seed) _ = ContextRandomize(made, blinding);
            Volatile.Write(ref context, made);
            return made;
        }
    }

    private static nint Find()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out var handle)) return handle;
        }
        throw new MissingNativeLibraryException();
    }

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
