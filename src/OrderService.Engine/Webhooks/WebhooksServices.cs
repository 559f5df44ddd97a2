using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Webhooks;

internal static class WebhooksServices
{
    /// <summary>Who is told what happens, wherever they want it.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhooksOptions>().Bind(configuration.GetSection("Webhooks")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WebhookQueue>();
        services.AddSingleton<WebhookDirectory>();
        services.AddSingleton<SendWebhook>();
        services.AddSingleton<ChangeWebhooks>();
        services.AddSingleton<WebhookWorker>();
        services.AddExpectedWorker(WorkerNames.Webhooks);
        services.AddHostedService(provider => provider.GetRequiredService<WebhookWorker>());
        return services;
    }
}
