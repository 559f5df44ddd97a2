using Microsoft.Extensions.Options;

namespace OrderService.Venues;

/// <summary>
/// Options are right where the code that reads them can: what it refuses with a FormatException stops the start with that sentence.
/// </summary>
internal sealed class OptionsReading<TOptions>(Action<TOptions> read) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        try
        {
            read(options);
            return ValidateOptionsResult.Success;
        }
        catch (FormatException problem)
        {
            return ValidateOptionsResult.Fail(problem.Message);
        }
    }
}
