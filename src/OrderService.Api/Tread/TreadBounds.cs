namespace OrderService.Api.Tread;

/// <summary>What the fields of a new order take: shares in thousandths, a duration in seconds, counts.</summary>
internal static class TreadBounds
{
    public const int Zero = 0;
    public const int One = 1_000;

    /// <summary>The least of a discretion and of a tolerance: 0.02.</summary>
    public const int Least = 20;

    public const int DiscretionMax = 500;
    public const int DurationMin = 10;
    public const int DurationMax = 2_592_000;

    /// <summary>What is said of a duration outside.</summary>
    public static readonly string DurationFault =
        $"Duration must be an integer between {JsonText.Text(DurationMin)} and {JsonText.Text(DurationMax)}";

    public const int AccountsMax = 20;
    public const int SlicesMax = 100;
    public const int CustomIdMax = 64;
    public const int NotesMax = 1_000;
}
