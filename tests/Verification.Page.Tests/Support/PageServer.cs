using System.Diagnostics;

namespace Verification.Page.Tests.Support;

/// <summary>The demo service in a process of its own, which can be killed and started again where it was.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("verification-page-");
    private readonly int _port = LoopbackPort.Free();
    private readonly int _grpcPort = LoopbackPort.Free();
    private readonly List<string> _log = [];

    private Process? _process;

    /// <summary>Where a browser finds it.</summary>
    public Uri Address => new($"http://localhost:{_port}/");

    /// <summary>Where gRPC clients find it.</summary>
    public Uri GrpcAddress => new($"http://localhost:{_grpcPort}/");

    /// <summary>What it has written so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    /// <summary>Starts it, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Metadata.Server,
            "--demo",
            $"--Kestrel:Endpoints:Grpc:Url={GrpcAddress}",
            $"--Kestrel:Endpoints:Http:Url={Address}",
            $"--Verification:DataDirectory={_folder.FullName}",
            "--Logging:LogLevel:Microsoft.AspNetCore=Information",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        var ready = new TaskCompletionSource();
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The service ended: {Log}"));
        _process.OutputDataReceived += (_, line) => Keep(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data, ready);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _folder.Delete(recursive: true);
    }

    private void Keep(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            _log.Add(line);
        }

        if (line.StartsWith("Next:", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
