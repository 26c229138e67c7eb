using System.Diagnostics.Metrics;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>
/// Counts the calls, and the items of batches, that were answered with an error, by its reason and by who asked. Neither comes from a
/// caller: the reasons are the contract's, the names the configuration's.
/// </summary>
internal sealed class Refusals : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Verification.Server";

    private readonly Counter<long> _refusals;

    /// <summary>Nothing counted.</summary>
    public Refusals() => _refusals = Meter.CreateCounter<long>(
        "verification.refusals", "{refusal}", "Calls and items of batches answered with an error, by reason and consumer.");

    /// <summary>The meter, by which a test tells one server's counts from another's.</summary>
    public Meter Meter { get; } = new(MeterName);

    /// <summary>Counts an error.</summary>
    /// <param name="consumer">Who asked; null where nobody was let in.</param>
    /// <param name="error">The error.</param>
    public void Count(string? consumer, RpcStatus error)
    {
        if (!_refusals.Enabled || error.GetDetail<ErrorInfo>() is not { } info)
        {
            return;
        }

        var reason = new KeyValuePair<string, object?>("reason", info.Reason);
        if (consumer is null)
        {
            _refusals.Add(1, reason);
        }
        else
        {
            _refusals.Add(1, reason, new KeyValuePair<string, object?>("consumer", consumer));
        }
    }

    /// <summary>Counts an error on its way out of a call.</summary>
    public void Count(string? consumer, RpcException error)
    {
        if (_refusals.Enabled && error.GetRpcStatus() is { } status)
        {
            Count(consumer, status);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();
}
