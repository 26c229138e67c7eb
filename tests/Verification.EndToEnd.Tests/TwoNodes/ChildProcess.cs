using System.Diagnostics;
using System.Globalization;

namespace Verification.EndToEnd.Tests.TwoNodes;

/// <summary>A process that a test started: what it says, what it holds, and how it is ended.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    // Of what it says, enough to see why it ended.
    private const int KeptLines = 200;

    private readonly Process _process;
    private readonly Queue<string> _said = new();

    public ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Its last lines.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    /// <summary>What it holds now: the memory that is its own, without files that are mapped, and its open files and sockets. Linux alone.</summary>
    public (double Megabytes, int Handles) Held
    {
        get
        {
            var folder = $"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}";
            var kilobytes = File.ReadLines($"{folder}/status").Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            return (long.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024.0, Directory.GetFiles($"{folder}/fd").Length);
        }
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it as an operator does, by SIGTERM.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            _said.Enqueue(line.Data ?? string.Empty);
            while (_said.Count > KeptLines)
            {
                _said.Dequeue();
            }
        }
    }
}
