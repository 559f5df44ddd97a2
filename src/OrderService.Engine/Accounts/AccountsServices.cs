using OrderService.Domain.Ports;
using OrderService.Engine.Sealing;

namespace OrderService.Engine.Accounts;

internal static class AccountsServices
{
    /// <summary>Managed accounts: their keys, what is set aside of their funds, and what is paid back to their owners.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MasterKeyOptions>().Bind(configuration.GetSection(MasterKeyOptions.Section));
        services.AddOptions<AccountsOptions>().Bind(configuration.GetSection(AccountsOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(MasterKeySource.Of(configuration));
        services.AddSingleton<MasterKeyRing>();
        services.AddSingleton<StoredBytes>();
        services.AddSingleton<AccountsStart>();
        services.AddSingleton<AccountKeys>();
        services.AddSingleton<IManagedSigner>(provider => provider.GetRequiredService<AccountKeys>());
        services.AddSingleton<VenueBalances>();
        services.AddSingleton<SeenBalances>();
        services.AddSingleton<FundsCame>();
        services.AddSingleton<SetAsideFunds>();
        services.AddSingleton<CreateAccount>();
        services.AddSingleton<FindAccount>();
        services.AddSingleton<ChooseAccount>();
        services.AddSingleton<ReadAccounts>();
        services.AddSingleton<ReadAccountHistory>();
        services.AddSingleton<Withdraw>();
        services.AddSingleton<WithdrawalSignal>();
        return services;
    }
}
