using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Verification.Audit.Keys;
using Verification.Audit.Verifying;
using Verification.Cli.Output;

namespace Verification.Cli.Export;

/// <summary>
/// Fills a folder for an examiner who has only the documented format: the segments with their heads as they are, the public keys, and a
/// manifest. What is exported is an audit folder itself.
/// </summary>
internal sealed class AuditExport
{
    public const string ManifestName = "manifest.json";

    private const string KeyFolder = "keys";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string _destination;
    private readonly SortedDictionary<string, JsonArray> _files = new(StringComparer.Ordinal);

    private AuditExport(string destination) => _destination = destination;

    /// <summary>Begins an export.</summary>
    /// <exception cref="IOException">The folder is not empty.</exception>
    public static AuditExport Into(string destination) =>
        Directory.Exists(destination) && Directory.EnumerateFileSystemEntries(destination).Any()
            ? throw new IOException(Say($"'{destination}' is not empty.", $"'{destination}' 不是空目录。"))
            : new AuditExport(destination);

    /// <summary>Adds a file of a log.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Add(ExportedFile file)
    {
        using var stream = new FileStream(
            Path.Combine(Directory.CreateDirectory(Path.Combine(_destination, file.Folder)).FullName, file.Name), FileMode.CreateNew, FileAccess.Write);
        stream.Write(file.Bytes.Span);
        if (!_files.TryGetValue(file.Folder, out var files))
            _files.Add(file.Folder, files = []);
        files.Add(new JsonObject
        {
            ["name"] = file.Name,
            ["bytes"] = file.Bytes.Length,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span)),
        });
    }

    /// <summary>Adds the keys, verifies what was exported, and writes the manifest.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public AuditVerification End(ImmutableArray<VerifyingKey> keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keyFiles = keys.DistinctBy(key => key.Id).Select(Write).ToArray();
        var logs = new AuditVerifier(new KeyRing(keys)).Verify(_destination, cancellationToken);
        var manifest = new JsonObject
        {
            ["format"] = "PVAUDIT1",
            ["exported_at"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["keys"] = new JsonArray(keyFiles),
            ["logs"] = new JsonArray([.. logs.Select(Of)]),
        };
        File.WriteAllText(Path.Combine(_destination, ManifestName), manifest.ToJsonString(Indented) + "\n");
        return AuditVerification.OfFiles(logs);
    }

    private JsonObject Write(VerifyingKey key)
    {
        var name = $"{KeyFolder}/{key.Id}.pem";
        Directory.CreateDirectory(Path.Combine(_destination, KeyFolder));
        File.WriteAllText(Path.Combine(_destination, name), key.ToPem() + "\n");
        return new JsonObject { ["key_id"] = key.Id.ToString(), ["file"] = name };
    }

    private JsonObject Of(LogVerification log)
    {
        var folder = Path.GetFileName(log.Log.Path);
        var json = VerificationJson.Of(VerifiedLog.Of(log));
        json["folder"] = folder;
        json["files"] = _files[folder];
        return json;
    }
}
