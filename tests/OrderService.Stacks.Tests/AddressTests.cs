using OrderService.Stacks.Addresses;

namespace OrderService.Stacks.Tests;

public sealed class AddressTests
{
    private const string Known = "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS";

    public static TheoryData<string> Encoded => [.. Vectors.Addresses.Of("encode").AsArray().Select(vector => vector!.Text("address"))];

    public static TheoryData<string> Decoded => [.. Vectors.Addresses.Of("decode").AsArray().Select(vector => vector!.Text("address"))];

    [Theory, MemberData(nameof(Encoded))]
    public void An_address_is_written_and_read_as_the_vector_says(string text)
    {
        var vector = Vectors.Addresses.Of("encode").AsArray().Single(item => item!.Text("address") == text)!;
        var hash160 = vector.Text("hash160");
        var address = new StacksAddress(vector.Of("version").GetValue<byte>(), Hash160.FromBytes(Convert.FromHexString(hash160)));

        address.ToString().ShouldBe(text);
        StacksAddress.Parse(text).ShouldBe(address);
        StacksAddress.Parse(text).Hash.ToString().ShouldBe(hash160);
    }

    [Theory, MemberData(nameof(Decoded))]
    public void A_text_is_accepted_or_refused_as_the_vector_says(string text)
    {
        var vector = Vectors.Addresses.Of("decode").AsArray().Single(item => item!.Text("address") == text)!;
        var isAddress = vector.Of("validateStacksAddress").GetValue<bool>();

        StacksAddress.TryParse(text, out var address).ShouldBe(isAddress);

        if (!isAddress) return;
        address.Version.ShouldBe(vector.Of("decode").AsArray()[0]!.GetValue<byte>());
        address.Hash.ToString().ShouldBe(vector.Of("decode").AsArray()[1]!.GetValue<string>());
    }

    [Theory]
    [InlineData("SPOOOOOOOOOOOOOOOOOOOO2Q6VF78", "SP000000000000000000002Q6VF78")]
    [InlineData("SPLPQHQKVORJXZFYIDGX8MNSNYVE3VGZJSRCBGD7R", "SP1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRCBGD7R")]
    public void Letters_that_look_like_digits_are_read_as_them_and_printed_as_digits(string text, string canonical) =>
        StacksAddress.Parse(text).ToString().ShouldBe(canonical);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("SP")]
    [InlineData("SPU")]
    [InlineData(" " + Known)]
    [InlineData(Known + " ")]
    [InlineData("SP0" + "2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS")]
    [InlineData("SU2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS")]
    [InlineData("S\u0660")]
    public void What_is_no_address_is_refused(string? text) => StacksAddress.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_checksummed_text_of_another_version_or_size_is_no_address()
    {
        StacksAddress.TryParse("S" + C32.Encode(1, new byte[20]), out _).ShouldBeFalse();
        StacksAddress.TryParse("S" + C32.Encode(22, new byte[19]), out _).ShouldBeFalse();
        StacksAddress.TryParse("S" + C32.Encode(22, new byte[21]), out _).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => new StacksAddress(1, default));
    }

    [Fact]
    public void Every_changed_character_breaks_the_checksum()
    {
        for (var i = 1; i < Known.Length; i++)
        {
            var changed = Known.ToCharArray();
            changed[i] = changed[i] == '7' ? '9' : '7';
            StacksAddress.TryParse(new string(changed), out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void C32_reads_back_what_it_writes()
    {
        var random = new Random(1);
        var read = new byte[C32.DataMax];
        for (var i = 0; i < 5000; i++)
        {
            var data = new byte[random.Next(C32.DataMax + 1)];
            random.NextBytes(data.AsSpan(random.Next(data.Length + 1)));
            var version = (byte)random.Next(32);

            C32.TryDecode(C32.Encode(version, data), read, out var readVersion, out var length).ShouldBeTrue();

            readVersion.ShouldBe(version);
            Convert.ToHexString(read, 0, length).ShouldBe(Convert.ToHexString(data));
        }
    }

    [Fact]
    public void Random_text_is_never_an_address_and_never_throws()
    {
        var random = new Random(2);
        var characters = "S0123456789ABCDEFGHJKMNPQRSTVWXYZOILUsp.é\ud800";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string(random.GetItems<char>(characters, random.Next(60)));
            Principal.TryParse(text, out _).ShouldBeFalse();
            Principal.TryParse("SP" + text, out _).ShouldBeFalse();
            C32.TryDecode(text, new byte[20], out _, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_contract_has_an_address_and_a_name()
    {
        var contract = ContractId.Parse(Known + ".x-multihop-rc9");
        contract.Issuer.ToString().ShouldBe(Known);
        contract.Name.ShouldBe("x-multihop-rc9");
        contract.ToString().ShouldBe(Known + ".x-multihop-rc9");
        ContractId.TryParse($"{Known}.{new string('a', 40)}", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData(Known)]
    [InlineData(Known + ".")]
    [InlineData(Known + ".1a")]
    [InlineData(Known + ".a.b")]
    [InlineData(Known + ".a!")]
    [InlineData(Known + ".a\n")]
    [InlineData(Known + ".é")]
    [InlineData(Known + ".aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(".stx")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_contract_is_refused(string? text) => ContractId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_principal_is_an_address_or_a_contract()
    {
        var contract = Principal.Parse(Known + ".token");
        contract.IsContract.ShouldBeTrue();
        contract.ContractName.ShouldBe("token");
        contract.ShouldBe(Principal.From(ContractId.Parse(Known + ".token")));
        contract.ToString().ShouldBe(Known + ".token");

        var address = Principal.Parse(Known);
        address.IsContract.ShouldBeFalse();
        address.ShouldBe(Principal.From(contract.Address));
        address.ToString().ShouldBe(Known);
        address.ShouldNotBe(contract);
    }

    [Fact]
    public void A_network_has_its_addresses_and_its_other()
    {
        StacksNetwork.Parse("mainnet").ShouldBe(StacksNetwork.Mainnet);
        StacksNetwork.TryParse("testnet", out var testnet).ShouldBeTrue();
        testnet.Other.ShouldBe(StacksNetwork.Mainnet);
        StacksNetwork.Mainnet.Other.ShouldBe(testnet);
        testnet.ChainId.ShouldBe(2147483648u);
        StacksNetwork.TryParse("Mainnet", out _).ShouldBeFalse();
        StacksNetwork.TryParse(null, out _).ShouldBeFalse();
        StacksAddress.Parse(Known).BelongsTo(StacksNetwork.Mainnet).ShouldBeTrue();
        StacksAddress.Parse(Known).BelongsTo(testnet).ShouldBeFalse();
    }
}
