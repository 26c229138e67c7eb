using System.ComponentModel.DataAnnotations;
using Verification.Audit.Copying;
using Verification.Audit.Writing;

namespace Verification.Server.Auditing;

/// <summary>How this node keeps its audit log: the configuration section <c>Verification:Audit</c>.</summary>
internal sealed class AuditOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Verification:Audit";

    private const string DefaultFolder = "audit";

    private static readonly AuditLogOptions Default = new() { Folder = DefaultFolder, Host = DefaultFolder };
    private static readonly AuditCopierOptions DefaultCopy = new() { Folder = DefaultFolder };

    /// <summary>The log's folder, this node's alone, from the current folder; null means <c>audit</c> in the folder of the registry's files.</summary>
    public string? Folder { get; set; }

    /// <summary>The file of the private key that heads are signed with, PKCS #8 in PEM.</summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>The files of the keys that heads were signed with before, private or public, so that a log under one of them is still checked at the start.</summary>
    public string[] FormerKeyFiles { get; set; } = [];

    /// <inheritdoc cref="AuditLogOptions.FlushInterval"/>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan FlushInterval { get; set; } = Default.FlushInterval;

    /// <inheritdoc cref="AuditLogOptions.HeadInterval"/>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan HeadInterval { get; set; } = Default.HeadInterval;

    /// <inheritdoc cref="AuditLogOptions.SegmentBytes"/>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int SegmentBytes { get; set; } = Default.SegmentBytes;

    /// <inheritdoc cref="AuditLogOptions.SegmentAge"/>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan SegmentAge { get; set; } = Default.SegmentAge;

    /// <inheritdoc cref="AuditLogOptions.BlockBytes"/>
    [Range(4 * 1024, 4 * 1024 * 1024)]
    public int BlockBytes { get; set; } = Default.BlockBytes;

    /// <inheritdoc cref="AuditLogOptions.MaxUnflushedBytes"/>
    [Range(64 * 1024, int.MaxValue)]
    public int MaxUnflushedBytes { get; set; } = Default.MaxUnflushedBytes;

    /// <summary>The audit database, where it is on SQL Server: a secret of the section <c>ConnectionStrings</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <inheritdoc cref="AuditCopierOptions.Interval"/>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan CopyInterval { get; set; } = DefaultCopy.Interval;

    /// <inheritdoc cref="AuditCopierOptions.StopWait"/>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StopWait { get; set; } = DefaultCopy.StopWait;

    /// <inheritdoc cref="AuditCopierOptions.KeepFiles"/>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan KeepFiles { get; set; } = DefaultCopy.KeepFiles;

    /// <inheritdoc cref="AuditCopierOptions.Retention"/>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan Retention { get; set; } = DefaultCopy.Retention;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SigningKeyFile is null)
        {
            yield return new("is required: the file of a key that 'permitctl audit key FILE' makes. (--demo makes its own.)", [nameof(SigningKeyFile)]);
        }
    }

    /// <summary>How the log itself is to be kept.</summary>
    /// <param name="dataDirectory">The folder of the registry's files.</param>
    public AuditLogOptions OfLog(string dataDirectory) => new()
    {
        Folder = Path.GetFullPath(Folder ?? Path.Combine(dataDirectory, DefaultFolder)),
        Host = Environment.MachineName,
        FlushInterval = FlushInterval,
        HeadInterval = HeadInterval,
        SegmentBytes = SegmentBytes,
        SegmentAge = SegmentAge,
        BlockBytes = BlockBytes,
        MaxUnflushedBytes = MaxUnflushedBytes,
    };

    /// <summary>How it is to be copied.</summary>
    /// <param name="folder">The log's folder.</param>
    public AuditCopierOptions OfCopier(string folder) => new()
    {
        Folder = folder,
        Interval = CopyInterval,
        StopWait = StopWait,
        KeepFiles = KeepFiles,
        Retention = Retention,
    };
}
