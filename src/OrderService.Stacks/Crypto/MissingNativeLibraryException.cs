namespace OrderService.Stacks.Crypto;

/// <summary>libsecp256k1 could not be loaded; the message says what to install.</summary>
public sealed class MissingNativeLibraryException : Exception
{
    /// <summary>The standard message.</summary>
    public MissingNativeLibraryException()
        : this("libsecp256k1 was not found: install Debian's libsecp256k1-1 (libsecp256k1-2 on later releases), Alpine's libsecp256k1 or Homebrew's secp256k1.") { }

    /// <summary>Another message.</summary>
    public MissingNativeLibraryException(string message) : base(message) { }

    /// <summary>Another message, with its cause.</summary>
    public MissingNativeLibraryException(string message, Exception inner) : base(message, inner) { }
}
