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
    /// <returns>The set, or null when nothing has changed.</returns>
    /// <exception cref="StartRefusedException">It cannot be read, or all that is wrong with it.</exception>
    public ConsumerSet? ReadIfChanged()
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
            return Read(bytes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Told once, not at every look; it counts as seen until it can be read again.
            if (_lastSeen is { Length: 0 })
            {
                return null;
            }

            _lastSeen = [];
            throw new StartRefusedException($"The consumers file '{path}' cannot be read: {cause.Message}", cause);
        }
    }

    private ConsumerSet Read(byte[] bytes)
    {
        IConfigurationRoot file;
        try
        {
            file = new ConfigurationBuilder().AddJsonStream(new MemoryStream(bytes)).Build();
        }
        catch (Exception cause) when (cause is FormatException or JsonException)
        {
            throw new StartRefusedException($"The consumers file '{path}' is no good JSON: {cause.Message}", cause);
        }

        var sections = file.GetChildren().ToArray();
        if (sections is not [var consumers] || !consumers.Key.Equals(Root, StringComparison.OrdinalIgnoreCase) || consumers.Value is { Length: > 0 })
        {
            // Somebody who empties the file writes {"consumers": {}}; anything less may be half a file.
            throw new StartRefusedException($"The consumers file '{path}' must be one object with the one property \"consumers\".");
        }

        return reader.Read(consumers);
    }
}
