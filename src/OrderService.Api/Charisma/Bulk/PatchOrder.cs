using System.Globalization;
using OrderService.Domain;
using OrderService.Engine.Orders;
using OrderService.Stacks.Crypto;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>
/// PATCH orders/{uuid}: changes what its owner may still change, all of it or nothing. <c>If-Match</c> names the revision that is meant, as
/// <c>ETag</c> told it.
/// </summary>
internal static class PatchOrder
{
    public static async Task<IResult> HandleAsync(HttpContext context, AmendTerms amend, FindOrder find, CancellationToken token)
    {
        var call = AmendProof.CallOf(context);
        var signature = call.Asked.TermsSignature is { IsRead: true, Value: var signed } ? signed : (RecoverableSignature?)null;
        if (ReadRevision(context.Request.Headers.IfMatch.ToString()).IsRejected(out var why, out var revision)
            || (await amend.HandleAsync(call.Uuid, call.Caller, call.Asked.Changes.Value!.Asked, signature, revision, token)).IsRejected(
                out why, out var order))
        {
            return CharismaErrors.From(why);
        }
        return Answers.Order(context, await find.ViewAsync(order, token));
    }

    /// <summary>The revision that a header names; null where any will do.</summary>
    internal static Result<int?> ReadRevision(string header)
    {
        if (header is "" or "*") return (int?)null;
        return header is ['"', .. var number, '"']
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision : new OrderError.Field("If-Match", "must be an ETag of the order, such as \"1\"");
    }
}
