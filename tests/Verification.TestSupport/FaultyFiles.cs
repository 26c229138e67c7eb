using Verification.Audit.Files;

namespace Verification.TestSupport;

/// <summary>Real files on a disk that can be held up, fail, or be full.</summary>
public sealed class FaultyFiles : IAuditFiles
{
    private readonly AuditFiles _files = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _open = Opened();
    private TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether every flush fails.</summary>
    public bool FlushFails { get; set; }

    /// <summary>Whether pages fall back to what the disk has when a flush fails.</summary>
    public bool ForgetsWhatFails { get; set; }

    /// <summary>Whether the last flush was on a thread of the pool.</summary>
    public bool FlushedOnThePool { get; private set; } = true;

    /// <summary>Whether there is no room for another file.</summary>
    public bool IsFull { get; set; }

    /// <summary>Whether making a file fails as no disk does.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Flushes wait from now on, until they are released, or what this returns is disposed of: a test that fails must not wait too.</summary>
    public IDisposable Hold()
    {
        lock (_gate)
        {
            _open = new TaskCompletionSource();
            _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new Held(_open);
        }
    }

    /// <summary>Flushes go on.</summary>
    public void Release() => _open.TrySetResult();

    /// <summary>Completes when a flush waits.</summary>
    public Task HeldAsync() => _held.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken);

    public IAuditFile Create(string path, int length)
    {
        Demand(!IsFull, "The disk is full.");
        return IsBroken ? throw new InvalidOperationException("Nobody thought of this.") : new FaultyFile(this, _files.Create(path, length));
    }

    public IAuditFile Open(string path, int length) => new FaultyFile(this, _files.Open(path, length));

    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Demand(!IsFull, "The disk is full.");
        _files.Write(path, bytes);
    }

    public void Delete(string path) => _files.Delete(path);

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private static void Demand(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new IOException(otherwise);
        }
    }

    private void Flushing()
    {
        FlushedOnThePool = Thread.CurrentThread.IsThreadPoolThread;
        Task open;
        lock (_gate)
        {
            open = _open.Task;
            if (!open.IsCompleted)
            {
                _held.TrySetResult();
            }
        }

        open.Wait(CancellationToken.None);
        Demand(!FlushFails, "Input/output error.");
    }

    private sealed class FaultyFile(FaultyFiles disk, IAuditFile file) : IAuditFile
    {
        private byte[] _onDisk = [];

        public Span<byte> Bytes => file.Bytes;

        public void Flush()
        {
            try
            {
                disk.Flushing();
            }
            catch (IOException) when (disk.ForgetsWhatFails)
            {
                Bytes.Clear();
                _onDisk.CopyTo(Bytes);
                throw;
            }

            file.Flush();
            _onDisk = disk.ForgetsWhatFails ? Bytes.ToArray() : [];
        }

        public void CloseAt(int length)
        {
            disk.Flushing();
            file.CloseAt(length);
        }

        public void Dispose() => file.Dispose();
    }

    private sealed class Held(TaskCompletionSource open) : IDisposable
    {
        public void Dispose() => open.TrySetResult();
    }
}
