using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Engine.Accounts;

namespace OrderService.Api.Panora;

/// <summary>Tells what an account lacks in the units of this wire: whole tokens.</summary>
internal static class MissingFunds
{
    /// <summary>The facts of a refused order.</summary>
    public static ErrorFacts FactsOf(OrderError why, WantedOrder wanted) => why switch
    {
        OrderError.InsufficientBalance e =>
            Told(e, wanted, e.Available, e.Required, e.Missing,
                $"Not enough balance: {Text(e.Required, wanted)} {wanted.Sell.Symbol} is needed, {Text(e.Available, wanted)} is available, {Text(e.Missing, wanted)} is missing"),
        OrderError.Unprocessable { Code: ChooseAccount.None } e =>
            Told(e, wanted, TokenAmount.Zero, wanted.AmountIn, wanted.AmountIn, e.Message),
        _ => PanoraErrors.FactsOf(why),
    };

    private static ErrorFacts Told(
        OrderError why, WantedOrder wanted, TokenAmount available, TokenAmount required, TokenAmount missing, string sentence) =>
            new ErrorFacts(StatusCodes.Status422UnprocessableEntity, why.Code, sentence).With("field",
                wanted.Product.FieldNames["amountIn"])
                .With("token", wanted.Sell.Id.ToString()).With("available", Text(available, wanted))
                .With("required", Text(required, wanted)).With("missing", Text(missing, wanted));

    private static string Text(TokenAmount amount, WantedOrder wanted) => amount.ToWhole(wanted.Sell.Decimals);
}
