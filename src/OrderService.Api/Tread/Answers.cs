using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>The answers of success that several routes give.</summary>
internal static class Answers
{
    /// <summary>A sentence under <c>message</c>.</summary>
    public static IResult Message(HttpContext context, string sentence, int status = StatusCodes.Status200OK) =>
        JsonAnswer.Fresh(context, new MessageRecord { Message = sentence }, TreadJson.Default.MessageRecord, status);

    /// <summary>A sentence that is the whole body.</summary>
    public static IResult Bare(HttpContext context, string sentence) => JsonAnswer.Fresh(context, sentence, TreadJson.Default.String);

    /// <summary>A page of orders in the envelope of the lists.</summary>
    public static PageRecord<T> Page<T>(IEnumerable<T> orders, int page, int size, int count) => new()
    {
        Orders = [.. orders], PageNumber = page, PageSize = size, NumPages = Math.Max(1, (count + size - 1) / size), OrderCount = count,
    };
}
