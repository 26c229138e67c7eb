using System.Globalization;
using System.Text.Json;
using Permits.Audit.V1;

namespace Verification.Cli.Output;

/// <summary>How far a replay is: one line that is written over at a terminal, a line each in a log file.</summary>
internal sealed class ReplayProgress(TextWriter error, bool isTerminal, bool json)
{
    private int _width;

    public void Show(ReplayResponse run)
    {
        var text = Say(string.Create(
            CultureInfo.InvariantCulture, $"{run.RecordsRead:N0} records read, {run.Same:N0} came out the same, {run.Different:N0} otherwise"), string.Create(
            CultureInfo.InvariantCulture, $"已读 {run.RecordsRead:N0} 条，相同 {run.Same:N0} 条，不同 {run.Different:N0} 条"));
        if (json)
        {
            error.WriteLine(JsonSerializer.Serialize(new { progress = new { done = run.RecordsRead } }));
            return;
        }
        if (!isTerminal)
        {
            error.WriteLine(text);
            return;
        }
        error.Write("\r" + text.PadRight(_width));
        _width = text.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void End()
    {
        if (_width > 0)
            error.Write("\r" + new string(' ', _width) + "\r");
    }
}
