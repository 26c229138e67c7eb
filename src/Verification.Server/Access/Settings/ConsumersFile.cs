using System.Security.Cryptography;
using System.Text.Json;
using Verification.Server.Access.Consumers;
using Verification.Server.Configuration;

namespace Verification.Server.Access.Settings;

/// <summary>The JSON file of consumers.</summary>
/// <param name="path">Where it is.</param>
/// <param name="reader">Makes consumers of it.</param>
internal sealed class ConsumersFile(string path, ConsumerSetReader reader)
{
    private const string Root = "Consumers";

    private byte[]? _lastSeen;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>Reads the file if it has other bytes than the last time, be they good or bad.</summary>
    /// <param name="problems">Takes why it cannot be read, or all that is wrong with it.</param>
    /// <returns>The set, or null when nothing has changed or there is a problem.</returns>
    public ConsumerSet? ReadIfChanged(StartProblems problems)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var digest = SHA256.HashData(bytes);
            if (_lastSeen is not null && digest.AsSpan().SequenceEqual(_lastSeen))
            {
                return null;
            }

            _lastSeen = digest;
            return Read(bytes, problems);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Told once, not at every look; it counts as seen until it can be read again.
            if (_lastSeen is not { Length: 0 })
            {
                problems.Add($"The consumers file '{path}' cannot be read: {cause.Message}");
            }

            _lastSeen = [];
            return null;
        }
    }

    private ConsumerSet? Read(byte[] bytes, StartProblems problems)
    {
        IConfigurationRoot file;
        try
        {
            file = new ConfigurationBuilder().AddJsonStream(new MemoryStream(bytes)).Build();
        }
        catch (Exception cause) when (cause is FormatException or JsonException)
        {
            problems.Add($"The consumers file '{path}' is no good JSON: {cause.Message}");
            return null;
        }

        var sections = file.GetChildren().ToArray();
        if (sections is not [var section] || !section.Key.Equals(Root, StringComparison.OrdinalIgnoreCase) || section.Value is not null)
        {
            // Somebody who empties the file writes {"consumers": {}}; anything less may be half a file.
            problems.Add($"The consumers file '{path}' must be one object with the one property \"consumers\".");
            return null;
        }

        return reader.Read(new SettingsReader(problems).Read(section, new Dictionary<string, ConsumerSettings>()), problems);
    }
}
