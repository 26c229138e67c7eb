using Verification.Server.Configuration;


namespace Verification.Server.Limits;

/// <summary>Reads one consumer's limits.</summary>
internal static class LimitsReader
{
    /// <summary>Reads limits; what is not set has its default.</summary>
    public static ConsumerLimits Read(IConfigurationSection section, SettingsReader settings)
    {
        settings.RefuseOthers(
            section,
            nameof(ConsumerLimits.ChecksPerSecond),
            nameof(ConsumerLimits.CheckBurst),
            nameof(ConsumerLimits.UnknownPerMinute),
            nameof(ConsumerLimits.UnknownBurst),
            nameof(ConsumerLimits.BatchUnknownPerMinute),
            nameof(ConsumerLimits.BatchUnknownBurst),
            nameof(ConsumerLimits.ConcurrentStreams),
            nameof(ConsumerLimits.WrongGuessesPerDay),
            nameof(ConsumerLimits.TrackedPermits),
            nameof(ConsumerLimits.Batches));
        var otherwise = ConsumerLimits.Default;
        var limits = new ConsumerLimits
        {
            ChecksPerSecond = settings.Count(section, nameof(ConsumerLimits.ChecksPerSecond), otherwise.ChecksPerSecond),
            CheckBurst = settings.Count(section, nameof(ConsumerLimits.CheckBurst), otherwise.CheckBurst),
            UnknownPerMinute = settings.Count(section, nameof(ConsumerLimits.UnknownPerMinute), otherwise.UnknownPerMinute),
            UnknownBurst = settings.Count(section, nameof(ConsumerLimits.UnknownBurst), otherwise.UnknownBurst),
            BatchUnknownPerMinute = settings.CountIfSet(section, nameof(ConsumerLimits.BatchUnknownPerMinute)),
            BatchUnknownBurst = settings.CountIfSet(section, nameof(ConsumerLimits.BatchUnknownBurst)),
            ConcurrentStreams = settings.Count(section, nameof(ConsumerLimits.ConcurrentStreams), otherwise.ConcurrentStreams, 10_000),
            WrongGuessesPerDay = settings.Count(section, nameof(ConsumerLimits.WrongGuessesPerDay), otherwise.WrongGuessesPerDay, 1_000),
            TrackedPermits = settings.Count(section, nameof(ConsumerLimits.TrackedPermits), otherwise.TrackedPermits, 10_000_000),
            Batches = settings.Flag(section, nameof(ConsumerLimits.Batches), otherwise.Batches),
        };
        if (limits.Batches && limits.CheckBurst < MessageBounds.MaxChecks)
        {
            settings.Refuse(
                section.GetSection(nameof(ConsumerLimits.CheckBurst)),
                $"must be at least {MessageBounds.MaxChecks}, the checks of a batch, unless Batches is false.");
        }

        return limits;
    }
}
