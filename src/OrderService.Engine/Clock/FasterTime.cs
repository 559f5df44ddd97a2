namespace OrderService.Engine.Clock;

/// <summary>
/// Registered by a venue whose engine time may run faster than real time: so many times as fast at most, for so long at a time. Where
/// something else has the time that it has, <paramref name="WhyNot"/> says what.
/// </summary>
internal sealed record FasterTime(int PaceMax, TimeSpan Lasts, string? WhyNot);
