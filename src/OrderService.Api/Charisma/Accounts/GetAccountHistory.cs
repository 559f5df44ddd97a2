using System.Globalization;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>GET accounts/{accountId}/history: the account's ledger, newest first.</summary>
internal static class GetAccountHistory
{
    public const int LimitDefault = 50;

    public static async Task<IResult> HandleAsync(
        string accountId, HttpContext context, FindAccount accounts, ReadAccountHistory read, CancellationToken token)
    {
        _ = accountId;
        if ((await accounts.InPathAsync(context, CallerProof.CallerOf(context), token)).IsRejected(out var why, out var account))
            return CharismaErrors.From(why);
        if (Read(context.Request.Query).IsRejected(out why, out var page)) return CharismaErrors.From(why);
        var history = await read.HandleAsync(account, page.Before, page.Limit, token);
        var entries = history.Entries.Select(entry => AccountJson.Of(entry, history.Withdrawals));
        var answer = new HistoryRecord
        {
            Status = Answers.Success, Entries = [.. entries], NextBefore = history.Before?.ToString(CultureInfo.InvariantCulture),
        };
        return JsonAnswer.Fresh(context, answer, CharismaJson.Default.HistoryRecord);
    }

    private static Result<(long? Before, int Limit)> Read(IQueryCollection query)
    {
        long? before = null;
        if (query.Text("before") is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return new OrderError.Field("before", "must be the nextBefore of the page before");
            before = id;
        }
        if (query.Text("limit") is not { } wanted) return (before, LimitDefault);
        var isLimit = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is > 0 and <= ReadAccountHistory.PageMax;
        return isLimit ? (before, limit) : new OrderError.Field("limit", $"must be a whole number of 1 to {ReadAccountHistory.PageMax}");
    }
}
