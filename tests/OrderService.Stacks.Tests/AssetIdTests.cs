using OrderService.Stacks.Addresses;
using OrderService.Stacks.Transactions;

namespace OrderService.Stacks.Tests;

public sealed class AssetIdTests
{
    private const string Contract = "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.charisma-token";

    [Theory]
    [InlineData("charisma")]
    [InlineData("c")]
    [InlineData("Wrapped-STX_2")]
    [InlineData("is-it?")]
    [InlineData("+")]
    public void An_asset_is_read_and_printed(string name)
    {
        var asset = AssetId.Parse($"{Contract}::{name}");
        asset.ShouldBe(new AssetId(ContractId.Parse(Contract), name));
        asset.ToString().ShouldBe($"{Contract}::{name}");
        AssetId.TryParse(asset.ToString(), null, out var again).ShouldBeTrue();
        again.ShouldBe(asset);
    }

    [Theory]
    [InlineData(null, "nothing")]
    [InlineData("", "nothing")]
    [InlineData("::", "separator alone")]
    [InlineData(Contract, "no name")]
    [InlineData(Contract + "::", "empty name")]
    [InlineData(Contract + ":charisma", "one colon")]
    [InlineData(Contract + ":::charisma", "three colons")]
    [InlineData(Contract + "::charisma::charisma", "two names")]
    [InlineData(Contract + "::charisma ", "space")]
    [InlineData(" " + Contract + "::charisma", "space")]
    [InlineData(Contract + "::1charisma", "name that begins with a digit")]
    [InlineData(Contract + "::charismé", "not ASCII")]
    [InlineData("SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS::charisma", "no contract")]
    [InlineData("SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KT.charisma-token::charisma", "bad checksum")]
    [InlineData(".charisma-token::charisma", "no address")]
    public void Anything_else_is_refused(string? text, string why)
    {
        AssetId.TryParse(text, out var asset).ShouldBeFalse(why);
        asset.ShouldBeNull();
        Should.Throw<FormatException>(() => AssetId.Parse(text!));
    }

    [Fact]
    public void A_name_has_up_to_128_characters()
    {
        AssetId.TryParse($"{Contract}::{new string('a', 128)}", out _).ShouldBeTrue();
        AssetId.TryParse($"{Contract}::{new string('a', 129)}", out _).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => new AssetId(ContractId.Parse(Contract), "no name"));
    }
}
