using System.Globalization;
using Permits.Audit.V1;

namespace Verification.Cli.Output;

/// <summary>How far a replay is: one line that is written over at a terminal, a line each in a log file.</summary>
internal sealed class ReplayProgress(TextWriter error, bool isTerminal)
{
    private int _width;

    public void Show(ReplayResponse run)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{run.RecordsRead:N0} records read, {run.Same:N0} came out the same, {run.Different:N0} otherwise");
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
