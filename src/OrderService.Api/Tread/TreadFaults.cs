using OrderService.Domain;

namespace OrderService.Api.Tread;

/// <summary>The refusals that several routes share; those of one route stand there.</summary>
internal static class TreadFaults
{
    public const string Incompatible = "Strategy parameters not compatible with selected trading pair";

    public static readonly TreadFault NoOrderId = new(400, FaultShape.Bare, "missing_order_id", "No order ID given!");
    public static readonly TreadFault BadOrderId = new(400, FaultShape.Bare, "invalid_order_id", "Invalid order ID format");
    public static readonly TreadFault NoSuchOrder = new(404, FaultShape.Bare, "order_not_found", "No order found with given ID!");
    public static readonly TreadFault ForeignOrder = new(401, FaultShape.Bare, "foreign_order", "Unauthorized");
    public static readonly TreadFault ForeignOrderError = new(401, FaultShape.Error, "foreign_order", "Unauthorized");
    public static readonly TreadFault NoPermission =
        new(403, FaultShape.Detail, "permission_denied", "You do not have permission to perform this action.");
    public static readonly TreadFault Superuser = new(403, FaultShape.Error, "superuser", "Superusers on retail cannot place orders");
    public static readonly TreadFault MissingId = Error(400, "missing_fields", "Missing required field: order_id");
    public static readonly TreadFault MalformedId = Error(400, "invalid_order_id", "Invalid order ID format");
    public static readonly TreadFault BadBody = Error(400, "invalid_request", "Invalid request body");
    public static readonly TreadFault NotFound = new(404, FaultShape.Detail, "not_found", "Not found.");

    /// <summary>An order that ended and is no longer kept, as a bare text.</summary>
    public static TreadFault BareGone(OrderError.Gone why) => new(410, FaultShape.Bare, why.Code, why.Message);

    /// <summary>The same under <c>error</c>.</summary>
    public static TreadFault Gone(OrderError.Gone why) => Error(410, why.Code, why.Message);

    /// <summary>One sentence under <c>error</c>.</summary>
    public static TreadFault Error(int status, string code, string sentence) => new(status, FaultShape.Error, code, sentence);

    /// <summary>A list under <c>errors</c>.</summary>
    public static TreadFault Errors(int status, string code, params string[] sentences) => new(status, FaultShape.Errors, code, sentences);

    /// <summary>Names as Python prints a list of them.</summary>
    public static string Listed(IEnumerable<string> names) => $"[{string.Join(", ", names.Select(name => $"'{name}'"))}]";
}
