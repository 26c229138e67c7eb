using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Verifying;
using Verification.Cli.Output;

namespace Verification.Cli.Export;

/// <summary>
/// Copies audit logs for an examiner who has only the documented format: the segments with their heads as they are, the public keys, and a
/// manifest. What is exported is an audit folder itself.
/// </summary>
/// <param name="destination">The folder to fill.</param>
internal sealed class AuditExport(string destination)
{
    public const string ManifestName = "manifest.json";

    private const string KeyFolder = "keys";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Copies logs, and verifies the copies.</summary>
    /// <exception cref="IOException">A file cannot be read or written, or the folder is not empty.</exception>
    public ImmutableArray<LogVerification> Run(
        ImmutableArray<AuditLogFiles> logs, ImmutableArray<VerifyingKey> keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Directory.Exists(destination) && Directory.EnumerateFileSystemEntries(destination).Any())
            throw new IOException($"'{destination}' is not empty.");
        var copied = logs.Select(log => Copy(log, cancellationToken)).ToArray();
        var keyFiles = keys.DistinctBy(key => key.Id).Select(Write).ToArray();
        var verified = new AuditVerifier(new KeyRing(keys)).Verify(destination, cancellationToken);
        var manifest = new JsonObject
        {
            ["format"] = "PVAUDIT1",
            ["exported_at"] = now.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["keys"] = new JsonArray(keyFiles),
            ["logs"] = new JsonArray([.. verified.Zip(copied, (log, files) => Of(log, files))]),
        };
        File.WriteAllText(Path.Combine(destination, ManifestName), manifest.ToJsonString(Indented) + "\n");
        return verified;
    }

    private JsonObject[] Copy(AuditLogFiles log, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(destination, Path.GetFileName(log.Path))).FullName;
        var files = new List<JsonObject>();
        foreach (var (segment, bytes) in SegmentReads.InOrder(log.Segments()))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // A segment that is still written is longer, and zero behind what was written.
            files.Add(Write(folder, Path.GetFileName(segment.Path), bytes.AsSpan(0, bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1)));
        }
        files.AddRange(log.TornTails().Select(torn => Write(folder, Path.GetFileName(torn), File.ReadAllBytes(torn))));
        return [.. files];
    }

    private static JsonObject Write(string folder, string name, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write);
        file.Write(bytes);
        return new JsonObject
        {
            ["name"] = name,
            ["bytes"] = bytes.Length,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
    }

    private JsonObject Write(VerifyingKey key)
    {
        var name = Path.Combine(KeyFolder, $"{key.Id}.pem");
        Directory.CreateDirectory(Path.Combine(destination, KeyFolder));
        File.WriteAllText(Path.Combine(destination, name), key.ToPem() + "\n");
        return new JsonObject { ["key_id"] = key.Id.ToString(), ["file"] = name };
    }

    private static JsonObject Of(LogVerification log, JsonObject[] files)
    {
        var json = VerificationJson.Of(log);
        json["files"] = new JsonArray(files);
        return json;
    }
}
