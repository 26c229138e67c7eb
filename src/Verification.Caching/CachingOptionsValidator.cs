using Microsoft.Extensions.Options;

namespace Verification.Caching;

/// <summary>Checks each setting by itself.</summary>
[OptionsValidator]
public sealed partial class CachingOptionsValidator : IValidateOptions<CachingOptions>;
