namespace Verification.TestSupport;

/// <summary>A Redis of a test's own.</summary>
public interface ITestRedis : IAsyncDisposable
{
    string ConnectionString { get; }

    /// <summary>Starts it empty, where it was before.</summary>
    Task StartAsync();

    /// <summary>Ends it at once; what it held is lost.</summary>
    Task StopAsync();
}
