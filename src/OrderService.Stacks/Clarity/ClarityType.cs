namespace OrderService.Stacks.Clarity;

// The first byte of every serialized value (SIP-005).
internal enum ClarityType : byte
{
    Int = 0x00,
    UInt = 0x01,
    Buffer = 0x02,
    True = 0x03,
    False = 0x04,
    StandardPrincipal = 0x05,
    ContractPrincipal = 0x06,
    Ok = 0x07,
    Err = 0x08,
    None = 0x09,
    Some = 0x0a,
    List = 0x0b,
    Tuple = 0x0c,
    StringAscii = 0x0d,
    StringUtf8 = 0x0e,
}
