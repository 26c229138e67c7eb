using System.Collections.Immutable;

namespace Verification.Audit.Reading;

/// <summary>A node's audit folder, as it is read: with or without the node at work.</summary>
public static class AuditFolder
{
    /// <summary>The logs in a folder, the oldest first; none where there is no such folder.</summary>
    public static ImmutableArray<AuditLogFiles> Logs(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var logs = ImmutableArray.CreateBuilder<AuditLogFiles>();
        foreach (var path in Directory.EnumerateDirectories(folder))
        {
            if (LogNames.TryReadLog(Path.GetFileName(path), out var ordinal, out var id))
            {
                logs.Add(new AuditLogFiles(ordinal, id, path));
            }
        }

        logs.Sort((one, other) => one.Ordinal.CompareTo(other.Ordinal));
        return logs.DrainToImmutable();
    }
}
