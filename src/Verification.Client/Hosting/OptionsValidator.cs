using Microsoft.Extensions.Options;

namespace Verification.Client;

/// <summary>
/// Checks the options at the start of the host. What the configuration says later is not checked here: the framework would throw it at
/// whoever changed the file. Of it the key alone is used, and only where it is one.
/// </summary>
internal sealed class OptionsValidator : IValidateOptions<PermitVerificationOptions>
{
    private volatile bool _isStarted;

    public ValidateOptionsResult Validate(string? name, PermitVerificationOptions options)
    {
        if (_isStarted)
            return ValidateOptionsResult.Success;
        var problems = OptionsRules.Problems(options).Select(problem => $"{PermitVerificationOptions.Section}: {problem}").ToArray();
        _isStarted = problems.Length == 0;
        return _isStarted ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
