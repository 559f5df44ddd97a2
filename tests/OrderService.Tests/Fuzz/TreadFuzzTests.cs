using OrderService.Api.Tread;
using OrderService.Api.Tread.Records;
using OrderService.Tests.Tread;

namespace OrderService.Tests.Fuzz;

/// <summary>The bodies of the core order API, whose reader needs the tokens of a service.</summary>
[Trait(TestScale.Trait, "fuzz")]
public sealed class TreadFuzzTests(TreadFixture service) : IClassFixture<TreadFixture>
{
    [Fact]
    public void No_input_breaks_the_reader_of_core_orders()
    {
        byte[][] corpus =
        [
            """{"pair":"CHA-sUSDT","side":"sell","accounts":["main"],"strategy":"TWAP","duration":3600,"base_asset_qty":100,"engine_passiveness":0.02,"schedule_discretion":0.1,"alpha_tilt":-0.5,"limit_price":"0.3"}"""u8.ToArray(),
            """{"pair":"CHA-sUSDT","side":"buy","accounts":["main"],"strategy":"Market","quote_asset_qty":"10","order_condition":"simulated:CHA-sUSDT:price > 1","strategy_params":{"clip_size":0.1},"custom_order_id":"a","labels":["x"],"start_datetime":"2026-12-01T00:00:00Z"}"""u8.ToArray(),
            """{"order_id":"a13f34c2-7529-4ed9-97cb-f52f9daea4a0","changes":{"duration":7200,"limit_price":null,"base_asset_qty":"5","pov_target":0.5,"max_clip_size":200},"account_names":"a,b"}"""u8.ToArray(),
        ];
        FuzzRun.Run(new FuzzTarget("core orders", corpus, bytes =>
        {
            if (!System.Text.Unicode.Utf8.IsValid(bytes)) return; // refused before it is read
            if (service.Judge<NewOrderRecord>(bytes, TreadBodies.OrderStyle) is { Fault: null, Body: var order }) NewOrderJson.Of(order);
            service.Judge<AmendRecord>(bytes, TreadBodies.Style);
            service.Judge<CancelAllRecord>(bytes, TreadBodies.OptionalStyle);
        }), ReaderFuzzTests.InputsCount);
    }
}
