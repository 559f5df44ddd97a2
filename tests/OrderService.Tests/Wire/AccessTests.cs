using Microsoft.AspNetCore.Builder;
using OrderService.Api.Wire;

namespace OrderService.Tests.Wire;

/// <summary>A route that does not say who may call it stops the start.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task An_endpoint_that_says_nothing_is_named()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/said", () => "").Open();
        app.MapGet("/forgotten", () => "");
        Should.Throw<InvalidOperationException>(app.CheckAccess).Message.ShouldContain("/forgotten");
        Should.Throw<InvalidOperationException>(app.CheckAccess).Message.ShouldNotContain("/said");
    }

    [Fact]
    public async Task An_endpoint_that_says_two_things_is_named()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGroup("/group").Open().MapGet("/twice", () => "").AsksItself();
        Should.Throw<InvalidOperationException>(app.CheckAccess).Message.ShouldContain("/twice");
    }

    [Fact]
    public async Task A_group_says_it_for_its_routes()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGroup("/group").Open().MapGet("/one", () => "");
        Should.NotThrow(app.CheckAccess);
    }
}
