namespace OrderService.Engine.Auth;

/// <summary>
/// What requests of a key are counted in. Cancels have a budget of their own: no amount of reading may stand in the way of one.
/// </summary>
internal enum KeyBudget
{
    /// <summary>All that is no cancel.</summary>
    Calls,

    /// <summary>What ends orders.</summary>
    Cancels,
}

/// <summary>Their words in the store, and which of them an action is counted in.</summary>
internal static class KeyBudgets
{
    /// <summary>The budget of one of <see cref="WalletActions"/>.</summary>
    public static KeyBudget Of(string action) => WalletActions.IsCancel(action) ? KeyBudget.Cancels : KeyBudget.Calls;

    /// <summary>The word.</summary>
    public static string Word(this KeyBudget budget) => budget == KeyBudget.Cancels ? "cancels" : "calls";
}
