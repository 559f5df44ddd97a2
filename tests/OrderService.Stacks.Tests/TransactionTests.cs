using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Transactions;
using static OrderService.Stacks.Clarity.ClarityValue;

namespace OrderService.Stacks.Tests;

public sealed class TransactionTests
{
    private static readonly PrivateKey Key = PrivateKey.Parse("530d9f61984c888536871c6573073bdfc0058896dc1adfe9a6a10dfacadc2091");
    private static readonly ContractId Token = ContractId.Parse("SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.charisma-token");
    private static readonly AssetId Asset = new(Token, "charisma");

    // One of each kind, so that damage meets every branch of the reader.
    private static readonly UnsignedTransaction Call = new(
        StacksNetwork.Mainnet, 7, 1000,
        new TransactionPayload.ContractCall(Token, "mint!",
            [new UInt(1), new ClarityValue.Tuple(("a", new StringUtf8("é")), ("b", new List([new None()])))]),
        [
            new PostCondition.Stx(null, FungibleCondition.Equal, 1),
            new PostCondition.Fungible(Principal.From(Token), Asset, FungibleCondition.LessOrEqual, ulong.MaxValue),
            new PostCondition.NonFungible(Principal.From(Token.Issuer), Asset, new Some(new Int(-1)), NonFungibleCondition.NotSent),
        ]);

    private static readonly UnsignedTransaction Transfer = new(
        StacksNetwork.Testnet, ulong.MaxValue, ulong.MaxValue,
        new TransactionPayload.TokenTransfer(Principal.From(Token), ulong.MaxValue, "thank you, é"), [], PostConditionMode.Allow);

    private static readonly PrivateKey Payer = PrivateKey.Parse("753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3bd2a6");

    private static readonly string[] Names = ["call", "transfer", "sponsored", "sponsored transfer", "tx-01", "tx-03", "tx-05", "tx-07"];

    public static TheoryData<string> Samples => [.. Names];

    [Fact]
    public void An_origin_whose_key_is_not_handed_out_gives_the_same_bytes_and_another_fee_takes_the_sponsor_alone()
    {
        var content = Call with { Sponsor = new Sponsorship(3, 500) };
        var whole = content.Sign(Key, Payer);
        content.Sign(Key.PublicKey().ToHash160(), hash => Secp256k1.Sign(hash, Key), Payer).Raw.ToArray().ShouldBe(whole.Raw.ToArray());
        var dearer = whole.SponsoredBy(Payer, new Sponsorship(3, 900));
        dearer.Raw.ToArray().ShouldBe((content with { Sponsor = new Sponsorship(3, 900) }).Sign(Key, Payer).Raw.ToArray());
        (dearer.IsSigned(), dearer.TxId == whole.TxId, dearer.Content.Sponsor).ShouldBe((true, false, new Sponsorship(3, 900)));
        whole.SponsoredBy(Key, new Sponsorship(9, 1)).IsSigned().ShouldBeTrue("anybody may sponsor it");
        content.Sign(Key.PublicKey().ToHash160(), hash => Secp256k1.Sign(hash, Payer), Payer).IsSigned().ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => Call.Sign(Key).SponsoredBy(Payer, new Sponsorship(0, 0)));
        Should.Throw<InvalidOperationException>(() => Call.Sign(Key.PublicKey().ToHash160(), hash => Secp256k1.Sign(hash, Key), Payer));
    }

    [Theory, MemberData(nameof(Samples))]
    public void A_transaction_is_read_back_and_signed_again_to_the_same_bytes(string name)
    {
        var signed = Sample(name);
        SignedTransaction.TryRead(signed.Raw.Span, out var read).ShouldBeTrue();
        read.Content.ShouldBe(signed.Content);
        read.Sender.ShouldBe(signed.Sender);
        read.IsSigned().ShouldBeTrue();
        read.Sponsor.ShouldBe(signed.Sponsor);
        if (read.Signer == Key.PublicKey().ToHash160()) Again(read.Content).TxId.ShouldBe(signed.TxId);
    }

    [Theory, MemberData(nameof(Samples))]
    public void A_transaction_that_is_cut_anywhere_or_goes_on_is_refused(string name)
    {
        var raw = Sample(name).Raw.ToArray();
        for (var length = 0; length < raw.Length; length++)
        {
            SignedTransaction.TryRead(raw.AsSpan(0, length), out _).ShouldBeFalse($"{length} of {raw.Length} bytes");
        }
        for (var trailing = 0; trailing < 256; trailing++) SignedTransaction.TryRead([.. raw, (byte)trailing], out _).ShouldBeFalse();
    }

    // Whatever is read of damaged bytes is exactly those bytes, is not the signer's, and has another id.
    [Theory, MemberData(nameof(Samples))]
    public void No_flipped_bit_leaves_a_signed_transaction(string name)
    {
        var signed = Sample(name);
        for (var bit = 0; bit < 8 * signed.Raw.Length; bit++)
        {
            var damaged = signed.Raw.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            if (!SignedTransaction.TryRead(damaged, out var read)) continue;
            read.IsSigned().ShouldBeFalse($"bit {bit}");
            read.TxId.ShouldNotBe(signed.TxId);
            CheckCanonical(read, damaged);
        }
    }

    [Fact]
    public void Random_damage_never_throws()
    {
        var random = new Random(5);
        SignedTransaction[] samples = [.. Names.Select(Sample)];
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = samples[random.Next(samples.Length)].Raw.ToArray();
            for (var flips = 1 + random.Next(4); flips > 0; flips--)
                bytes[random.Next(109, bytes.Length)] = (byte)random.Next(random.Next(2) == 0 ? 4 : 256);
            if (random.Next(2) == 0) bytes = bytes[..random.Next(bytes.Length + 1)];
            if (SignedTransaction.TryRead(bytes, out var read)) CheckCanonical(read, bytes);

            random.NextBytes(bytes);
            SignedTransaction.TryRead(bytes, out _).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(5, 0x04, "standard with two conditions")]
    [InlineData(5, 0x06, "unknown authorization")]
    [InlineData(109, 0x01, "several keys")]
    [InlineData(146, 0x01, "uncompressed key")]
    [InlineData(147, 0x04, "recovery id above 3")]
    [InlineData(180, 0xff, "high s")]
    [InlineData(212, 0x01, "anchor mode on chain")]
    public void What_is_never_written_of_a_sponsor_is_not_read(int at, byte value, string why)
    {
        var raw = Sample("sponsored").Raw.ToArray();
        raw[at] = value;
        SignedTransaction.TryRead(raw, out _).ShouldBeFalse(why);
    }

    [Fact]
    public void A_sponsor_signs_for_the_fee_and_the_origin_for_what_is_done()
    {
        var signed = Sample("sponsored");
        signed.Sender.ShouldBe(Key.PublicKey().ToAddress(StacksNetwork.Mainnet));
        signed.Sponsor.ShouldBe(Payer.PublicKey().ToAddress(StacksNetwork.Mainnet));
        signed.Payer.ShouldBe(signed.Sponsor!.Value);
        Sample("call").Payer.ShouldBe(Sample("call").Sender);
        Sample("call").Sponsor.ShouldBeNull();

        // The origin knows neither who pays nor how much, so its signature is the same whoever sponsors; what it signed is in the
        // sponsor's.
        var sponsored = signed.Content;
        SignedTransaction[] others =
        [
            sponsored.Sign(Key, PrivateKey.Generate()),
            (sponsored with { Sponsor = new(4, 3000) }).Sign(Key, Payer),
            (sponsored with { Sponsor = new(3, 3001) }).Sign(Key, Payer),
        ];
        foreach (var other in others)
        {
            other.Raw.Span[..109].SequenceEqual(signed.Raw.Span[..109]).ShouldBeTrue();
            other.TxId.ShouldNotBe(signed.TxId);
            var forged = signed.Raw.ToArray();
            other.Raw.Span[147..212].CopyTo(forged.AsSpan(147));
            SignedTransaction.TryRead(forged, out var read).ShouldBeTrue();
            read.IsSigned().ShouldBeFalse();
        }
        var another = (sponsored with { Nonce = 8 }).Sign(Key, Payer);
        var mixed = another.Raw.ToArray();
        signed.Raw.Span[109..212].CopyTo(mixed.AsSpan(109));
        SignedTransaction.TryRead(mixed, out var stitched).ShouldBeTrue();
        stitched.IsSigned().ShouldBeFalse("a sponsor pays for one nonce of the origin's");
    }

    [Theory]
    [InlineData(0, 0x01, "unknown version")]
    [InlineData(0, 0x80, "testnet version with the chain of mainnet")]
    [InlineData(1, 0x80, "chain of testnet with the version of mainnet")]
    [InlineData(5, 0x05, "sponsored")]
    [InlineData(6, 0x01, "several keys")]
    [InlineData(6, 0x02, "segwit")]
    [InlineData(43, 0x01, "uncompressed key")]
    [InlineData(44, 0x04, "recovery id above 3")]
    [InlineData(77, 0xff, "high s")]
    [InlineData(109, 0x01, "anchor mode on chain")]
    [InlineData(110, 0x00, "mode 0")]
    [InlineData(110, 0x03, "mode originator")]
    [InlineData(111, 0xff, "negative count of post-conditions")]
    [InlineData(112, 0x7f, "more post-conditions than bytes")]
    [InlineData(114, 0x02, "a post-condition less")]
    [InlineData(114, 0x04, "a post-condition more")]
    [InlineData(115, 0x03, "staking post-condition")]
    [InlineData(116, 0x00, "unknown sender")]
    [InlineData(117, 0x00, "unknown comparison")]
    [InlineData(117, 0x06, "unknown comparison")]
    public void What_is_never_written_is_not_read(int at, byte value, string why)
    {
        var raw = Sample("call").Raw.ToArray();
        raw[at] = value;
        SignedTransaction.TryRead(raw, out _).ShouldBeFalse(why);
    }

    [Fact]
    public void Other_payloads_and_recipients_are_not_read()
    {
        var raw = Sample("transfer").Raw.ToArray();
        for (var tag = 0; tag < 256; tag++)
        {
            raw[115] = (byte)tag;
            SignedTransaction.TryRead(raw, out _).ShouldBe(tag == 0);
        }
        raw[115] = 0;
        raw[^1] = 0xff; // the memo is not UTF-8 any more
        SignedTransaction.TryRead(raw, out _).ShouldBeFalse();
        SignedTransaction.TryRead([.. raw[..116], 9, .. raw[^42..]], out _).ShouldBeFalse();
    }

    [Fact]
    public void Size_and_depth_are_bounded()
    {
        UnsignedTransaction With(params ClarityValue[] arguments) => Call with
        {
            Payload = new TransactionPayload.ContractCall(Token, "f", arguments),
        };
        var half = new ClarityValue.Buffer(new byte[1 << 20]);
        SignedTransaction.TryRead(With(half).Sign(Key).Raw.Span, out _).ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => With(half, half).Sign(Key));
        SignedTransaction.TryRead(new byte[SignedTransaction.SizeMax + 1], out _).ShouldBeFalse();

        ClarityValue Nested(int depth) => depth == 1 ? new None() : new Some(Nested(depth - 1));
        SignedTransaction.TryRead(With(Nested(ClarityReader.DepthMax)).Sign(Key).Raw.Span, out _).ShouldBeTrue();
        SignedTransaction.TryRead(With(Nested(ClarityReader.DepthMax + 1)).Sign(Key).Raw.Span, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_transaction_signed_with_another_key_is_somebody_elses()
    {
        var mine = Sample("call");
        var theirs = Call.Sign(PrivateKey.Generate());
        theirs.Sender.ShouldNotBe(mine.Sender);

        var forged = mine.Raw.ToArray();
        theirs.Raw.Span[44..109].CopyTo(forged.AsSpan(44));
        SignedTransaction.TryRead(forged, out var read).ShouldBeTrue();
        read.Signer.ShouldBe(mine.Signer);
        read.IsSigned().ShouldBeFalse();
    }

    [Fact]
    public void The_sender_has_the_version_of_its_network()
    {
        Call.Sign(Key).Sender.ToString().ShouldStartWith("SP");
        (Call with { Network = StacksNetwork.Testnet }).Sign(Key).Sender.ToString().ShouldStartWith("ST");
    }

    [Fact]
    public void Equality_looks_into_the_lists()
    {
        var again = Call with { PostConditions = [.. Call.PostConditions] };
        again.ShouldBe(Call);
        again.GetHashCode().ShouldBe(Call.GetHashCode());
        (Call with { PostConditions = [.. Call.PostConditions.Reverse()] }).ShouldNotBe(Call);
        (Call with { Mode = PostConditionMode.Allow }).ShouldNotBe(Call);
        (Call with { Sponsor = new(1, 2) }).ShouldNotBe(Call);
        (Call with { Sponsor = new(1, 2) }).ShouldBe(Call with { Sponsor = new(1, 2) });

        var call = (TransactionPayload.ContractCall)Call.Payload;
        (call with { Arguments = [.. call.Arguments] }).ShouldBe(call);
        (call with { Arguments = [.. call.Arguments] }).GetHashCode().ShouldBe(call.GetHashCode());
        (call with { Arguments = [.. call.Arguments.Skip(1)] }).ShouldNotBe(call);
    }

    [Fact]
    public void What_the_wire_cannot_hold_is_a_bug()
    {
        Should.Throw<ArgumentException>(() => new TransactionPayload.ContractCall(Token, "", []));
        Should.Throw<ArgumentException>(() => new TransactionPayload.ContractCall(Token, new string('f', 129), []));
        Should.Throw<ArgumentException>(() => new TransactionPayload.TokenTransfer(Principal.From(Token), 1, new string('é', 18)));
        Should.Throw<ArgumentException>(() => new TransactionPayload.TokenTransfer(Principal.From(Token), 1, "a\0"));
        Should.Throw<ArgumentException>(() => new TransactionPayload.TokenTransfer(Principal.From(Token), 1, "\ud800"));
        Should.Throw<ArgumentException>(() => Call with { Network = default });
        Should.Throw<ArgumentOutOfRangeException>(() => Call with { Mode = (PostConditionMode)3 });
        Should.Throw<ArgumentOutOfRangeException>(() => new PostCondition.Stx(null, default, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new PostCondition.Fungible(null, Asset, (FungibleCondition)6, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new PostCondition.NonFungible(null, Asset, new None(), (NonFungibleCondition)0x12));
        Should.Throw<InvalidOperationException>(() => Call.Sign(default));
        Should.Throw<InvalidOperationException>(() => Call.Sign(Key, Payer));
        Should.Throw<InvalidOperationException>(() => (Call with { Sponsor = new(0, 0) }).Sign(Key));
        Should.Throw<InvalidOperationException>(() => (Call with { Sponsor = new(0, 0) }).Sign(Key, default));
    }

    private static SignedTransaction Sample(string name) => name switch
    {
        "call" => Call.Sign(Key),
        "transfer" => Transfer.Sign(Key),
        "sponsored" => (Call with { Fee = 0, Sponsor = new(3, 3000) }).Sign(Key, Payer),
        "sponsored transfer" => (Transfer with { Sponsor = new(ulong.MaxValue, 0) }).Sign(Key, Payer),
        _ => TransactionVectorTests.Signed(name),
    };

    private static SignedTransaction Again(UnsignedTransaction content) =>
        content.Sponsor is null ? content.Sign(Key) : content.Sign(Key, Payer);

    // Signing the content again with any key changes only the signer and the signature, so the rest must be the bytes that were read.
    private static void CheckCanonical(SignedTransaction read, byte[] bytes)
    {
        read.Raw.Span.SequenceEqual(bytes).ShouldBeTrue();
        var again = Again(read.Content).Raw.Span;
        again[..7].SequenceEqual(bytes.AsSpan(0, 7)).ShouldBeTrue();
        again[27..44].SequenceEqual(bytes.AsSpan(27, 17)).ShouldBeTrue();
        var rest = 109;
        if (read.Sponsor is not null)
        {
            again[109..110].SequenceEqual(bytes.AsSpan(109, 1)).ShouldBeTrue();
            again[130..147].SequenceEqual(bytes.AsSpan(130, 17)).ShouldBeTrue();
            rest = 212;
        }
        again[rest..].SequenceEqual(bytes.AsSpan(rest)).ShouldBeTrue();
    }
}
