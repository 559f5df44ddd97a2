using System.Net.Sockets;
using OrderService.Domain.Ports;

namespace OrderService.Domain.Tests.Ports;

public sealed class OutageTests
{
    [Fact]
    public void S15_What_the_stores_client_trips_over_when_a_session_is_lost_is_an_outage_and_what_trips_of_our_own_is_none()
    {
        string? none = null;
        var fault = Should.Throw<NullReferenceException>(() => none!.Length);
        Outage.Is(fault).ShouldBeFalse();
        fault.Source = "Npgsql";
        Outage.Is(fault).ShouldBeTrue();
        Outage.Is(new InvalidOperationException("", fault)).ShouldBeTrue();
    }

    [Fact]
    public void What_says_nothing_of_another_side_is_none()
    {
        Outage.Is(new InvalidOperationException("", new SocketException())).ShouldBeTrue();
        Outage.Is(new InvalidOperationException("")).ShouldBeFalse();
        Outage.Is(null).ShouldBeFalse();
    }
}
