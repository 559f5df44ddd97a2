using OrderService.Api.Mcp;
using OrderService.Api.Wire;
using OrderService.EmbeddedPostgres;
using OrderService.Engine;
using OrderService.Engine.Accounts;
using OrderService.Engine.Execution;
using OrderService.Engine.Partitions;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;
using OrderService.Venues.Stacks;
using OrderService.Web;

namespace OrderService.Hosting;

/// <summary>The service, from its arguments to its end.</summary>
internal static partial class ServiceHost
{
    private const string UnreadSetting = "Failed to convert configuration value";

    /// <summary>Serves until it is told to stop. What a user can mend ends in one sentence and exit code 1, not in a stack trace.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        IConfiguration? configuration = null;
        try
        {
            var builder = CreateBuilder(args);
            configuration = builder.Configuration;
            SettingsCheck.Check(builder.Configuration);
            using var loggers = ConsoleLog.Bootstrap(builder.Configuration);
            await using var database = await ServiceDatabase.OpenAsync(builder.Configuration, loggers, CancellationToken.None);
            await using var app = Build(builder, database.ConnectionString);
            foreach (var setting in SettingsMap.Unknown(builder.Configuration)) UnknownSetting(app.Logger, setting);
            await PrepareAsync(app, CancellationToken.None);
            app.Lifetime.ApplicationStarted.Register(() => Banner.Print(app));
            if (database.Ended is { } ended) _ = StopWithAsync(ended, app);
            await app.RunAsync();
            return 0;
        }
        catch (Exception known) when (known is StartException or EmbeddedPostgresException or MigrationException or StacksSettingsException
            or MasterKeyException or Microsoft.Extensions.Options.OptionsValidationException or Npgsql.NpgsqlException)
        {
            return Tell(configuration, known.Message);
        }
        // of the binder, which names the value and the setting
        catch (InvalidOperationException unread) when (unread.Message.StartsWith(UnreadSetting, StringComparison.Ordinal))
        {
            return Tell(configuration, unread.Message);
        }
        // between the check and the start
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return Tell(configuration, taken.Message);
        }
    }

    // Where the log is JSON so is this, its last line; else it is one sentence for a person.
    private static int Tell(IConfiguration? configuration, string why)
    {
        if (configuration?.GetSection(LogOptions.Section)[nameof(LogOptions.Format)] == LogOptions.Json)
        {
            using var loggers = ConsoleLog.Bootstrap(configuration);
            CannotRun(loggers.CreateLogger("OrderService"), why);
        }
        else
        {
            Console.Error.WriteLine($"The service cannot run: {why}");
        }
        return 1;
    }

    /// <summary>The configuration: appsettings.json beside the program, then the environment, then the arguments.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = DialectLimits.BodyMax;
            // Above what RequestDoor takes, whose refusals have a body; what is larger still ends in a closed connection.
            kestrel.Limits.MaxRequestLineSize = 4 * RequestDoor.TargetMax;
            kestrel.Limits.MaxRequestHeadersTotalSize = 4 * RequestDoor.HeadersMax;
            kestrel.TellNulPaths();
            // any byte is a character: what it means is for the route to say
            kestrel.RequestHeaderEncodingSelector = _ => System.Text.Encoding.Latin1;
        });
        return builder;
    }

    /// <summary>The service over a database, not started yet. Tests build the same.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, string connectionString)
    {
        var configuration = builder.Configuration;
        builder.AddHostTelemetry();
        OperatorListener.Add(builder);
        builder.Services.AddEngine(configuration, connectionString);
        if (string.IsNullOrEmpty(configuration.GetConnectionString("OrderService")))
            builder.Services.AddSingleton(DiskCheck.Of(configuration).Check);
        builder.Services.AddVenue(configuration);
        builder.Services.AddDialects(configuration);
        builder.Services.AddMcp(configuration);
        builder.Services.AddRequestLimits(configuration);
        builder.Services.AddClientAddress(configuration);
        builder.Services.AddPartitions(configuration);

        var app = builder.Build();
        app.MakePartitions(builder.Services);
        app.UseRequestIds();
        app.UseClientAddress();
        app.UseHeadRequests();
        app.UseRouting();
        app.UseDialectErrors();
        // no page of a browser's may read those
        app.UseWhen(static context => !OperatorRoutes.IsOne(context.Request.Path), static others => others.UseCors());
        app.UseMiddleware<RequestDoor>();
        app.UseRequestLimits();
        app.UseWebSockets();
        app.UsePartitions();
        app.MapHealth();
        app.MapMetrics();
        app.MapOperator();
        app.MapDocuments();
        app.MapPage();
        app.MapDialects();
        app.MapMcpServer(app.Configuration);
        app.MapVenue();
        app.CheckAccess();
        return app;
    }

    /// <summary>
    /// What must be true before the first request: the schema of each partition, the master key, the ledger of the venue, the accounts
    /// that pay.
    /// </summary>
    public static async Task PrepareAsync(WebApplication app, CancellationToken token)
    {
        await app.PreparePartitionsAsync(token);
        await app.Services.GetRequiredService<ClockStart>().CheckAsync(token);
        var partitions = app.Services.GetRequiredService<AllPartitions>();
        foreach (var accounts in partitions.Each<AccountsStart>()) await accounts.CheckAsync(token);
        foreach (var other in partitions.Each<OtherVenue>()) await other.CheckAsync(token);
        await app.Services.PrepareVenueAsync(token);
    }

    // Without its database the service can do nothing but refuse, and its supervisor starts both again.
    private static async Task StopWithAsync(Task ended, WebApplication app)
    {
        await ended;
        if (app.Lifetime.ApplicationStopping.IsCancellationRequested) return;
        DatabaseEnded(app.Logger);
        Environment.ExitCode = 1;
        app.Lifetime.StopApplication();
    }

    [LoggerMessage(4, LogLevel.Critical, "The service cannot run: {Why}")]
    private static partial void CannotRun(ILogger log, string why);

    [LoggerMessage(3, LogLevel.Warning, "Nothing reads the setting {Setting}: it is misspelt, or of another version.")]
    private static partial void UnknownSetting(ILogger log, string setting);

    [LoggerMessage(2, LogLevel.Critical, "The embedded Postgres ended, so the service stops.")]
    private static partial void DatabaseEnded(ILogger log);
}
