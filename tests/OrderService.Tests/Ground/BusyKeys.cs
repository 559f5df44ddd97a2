namespace OrderService.Tests.Ground;

/// <summary>Settings of a service whose keys may ask as often as its tests do.</summary>
internal static class BusyKeys
{
    public static readonly string[] Arguments =
        ["--Auth:RequestsPerMinute=100000", "--Auth:RequestsPerHour=1000000", "--Auth:RequestsPerDay=1000000"];
}
