using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using OrderService.Engine.Telemetry;
using OrderService.Hosting;
using Serilog.Core;
using Serilog.Events;

namespace OrderService.Tests.Telemetry;

public sealed class ConsoleLogTests
{
    [Theory]
    [InlineData("OrderService.Orders.PlaceOrder", LogEventLevel.Information, true)]
    [InlineData("OrderService.Orders.PlaceOrder", LogEventLevel.Debug, false)]
    [InlineData("Microsoft.AspNetCore.Routing", LogEventLevel.Information, false)]
    [InlineData("Microsoft.EntityFrameworkCore.Database.Command", LogEventLevel.Information, false)]
    [InlineData("Npgsql.Command", LogEventLevel.Information, false)]
    [InlineData("Npgsql.Command", LogEventLevel.Warning, true)]
    public void Tells_what_the_service_does_and_not_what_its_libraries_do(string source, LogEventLevel level, bool isTold)
    {
        using var log = ConsoleLog.Create(new ConfigurationBuilder().Build());
        log.ForContext(Constants.SourceContextPropertyName, source).IsEnabled(level).ShouldBe(isTold);
    }

    [Theory]
    [InlineData("xml", false)]
    [InlineData("text", true)]
    [InlineData("json", true)]
    public void A_format_that_does_not_exist_is_named(string format, bool isKnown)
    {
        var problems = new List<ValidationResult>();
        var options = new LogOptions { Format = format };
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true).ShouldBe(isKnown);
        if (!isKnown) problems.ShouldHaveSingleItem().ErrorMessage.ShouldBe("Log:Format must be text or json.");
    }

    [Fact]
    public void The_configuration_changes_levels()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Serilog:MinimumLevel:Default"] = "Debug",
            ["Serilog:MinimumLevel:Override:Npgsql"] = "Information",
        }).Build();
        using var log = ConsoleLog.Create(configuration);

        log.IsEnabled(LogEventLevel.Debug).ShouldBeTrue();
        log.ForContext(Constants.SourceContextPropertyName, "Npgsql.Command").IsEnabled(LogEventLevel.Information).ShouldBeTrue();
    }
}
