using System.Diagnostics;
using Verification.Audit.Records;

namespace Verification.Server.Telemetry;

/// <summary>Marks calls with the id that their answer and their record bear, so that log, traces and audit log lead to each other.</summary>
/// <param name="options">Whether anybody looks.</param>
internal sealed class CallMarks(TelemetryOptions options)
{
    /// <summary>The mark's name.</summary>
    public const string CheckId = "verification.check_id";

    private readonly bool _isOn = options.MarksCalls;

    /// <summary>Marks the call under way. Costs nothing where nobody looks.</summary>
    /// <param name="id">The message's id: of a batch that of its checks without their places.</param>
    public void Mark(Guid id)
    {
        if (_isOn)
        {
            Activity.Current?.SetTag(CheckId, new CheckId(id).ToString());
        }
    }

    /// <summary>The mark of the call under way; null where there is none.</summary>
    public static string? Current => Activity.Current?.GetTagItem(CheckId) as string;

    /// <summary>The same, for the record of a call that was refused after it was marked: the log's line leads to it.</summary>
    public static CheckId? CurrentId => Current is { } text && Audit.Records.CheckId.TryParse(text, out var id) ? id : null;
}
