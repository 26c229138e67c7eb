using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Verification.Load.Measuring;

namespace Verification.Load.Servers;

/// <summary>A server in a process of its own, so that its processor time and its allocations are its own. It ends with the driver.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    private readonly Process _process;
    private readonly NetworkStream _reading;
    private readonly StreamReader _lines;

    private readonly LastLines _said;

    private ServerProcess(Process process, LastLines said, NetworkStream reading, Uri address, TimeSpan readyAfter)
    {
        _process = process;
        _said = said;
        _reading = reading;
        _lines = new StreamReader(reading);
        Address = address;
        ReadyAfter = readyAfter;
    }

    /// <summary>Where it takes calls.</summary>
    public Uri Address { get; }

    /// <summary>From its start until it said that it is ready.</summary>
    public TimeSpan ReadyAfter { get; }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>The processor time as the system counts it, in its own coarse steps; Linux only.</summary>
    public TimeSpan SystemCpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program and waits until it is ready.</summary>
    /// <param name="program">The assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="address">Where it will take calls.</param>
    /// <param name="isReadyAsync">Whether it is ready.</param>
    /// <param name="regression">What makes it dearer than it is.</param>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static async Task<ServerProcess> StartAsync(
        string program,
        IEnumerable<string> arguments,
        Uri address,
        Func<Task<bool>> isReadyAsync,
        Regression regression = Regression.None)
    {
        var path = Path.Combine(Path.GetTempPath(), $"verification-load-{Guid.NewGuid():N}.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment =
            {
                ["DOTNET_STARTUP_HOOKS"] = Files.Load,
                [SelfReading.SocketVariable] = path,
                [SufferedRegression.Variable] = regression.ToString(),
            },
        };
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        var said = new LastLines(process);
        try
        {
            var accepting = listener.AcceptAsync();
            await Task.WhenAny(accepting, process.WaitForExitAsync());
            if (!accepting.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException($"{Path.GetFileName(program)} did not start:\n{said}");
            }

            var reading = new NetworkStream(await accepting, ownsSocket: true);
            while (!await isReadyAsync())
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(started) > StartDeadline)
                {
                    throw new InvalidOperationException($"{Path.GetFileName(program)} did not become ready:\n{said}");
                }

                await Task.Delay(Look, TimeProvider.System);
            }

            return new ServerProcess(process, said, reading, address, Stopwatch.GetElapsedTime(started));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>What it has used so far.</summary>
    public Task<ServerReading> ReadAsync() => AskAsync(SelfReading.Read);

    /// <summary>The same, and what lives on its heap after a full collection.</summary>
    public Task<ServerReading> ReadHeapAsync() => AskAsync(SelfReading.ReadHeap);

    /// <summary>Stops the process where it stands, for so long: a stall that nobody in it can notice.</summary>
    public async Task StallAsync(TimeSpan duration)
    {
        await SignalAsync("-STOP");
        await Task.Delay(duration, TimeProvider.System);
        await SignalAsync("-CONT");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _lines.Dispose();
        await _reading.DisposeAsync();
        _process.Dispose();
    }

    private async Task<ServerReading> AskAsync(byte wish)
    {
        try
        {
            await _reading.WriteAsync(new[] { wish });
            var line = await _lines.ReadLineAsync() ?? throw new IOException("There is no answer.");
            return JsonSerializer.Deserialize<ServerReading>(line)!;
        }
        catch (IOException cause)
        {
            throw new InvalidOperationException($"A server ended:\n{_said}", cause);
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
