using System.Diagnostics.Metrics;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>
/// Takes note of every call, and every item of a batch, that was answered with an error: it is counted by its reason and by who asked, and
/// recorded. Neither comes from a caller: the reasons are the contract's, the names the configuration's.
/// </summary>
internal sealed class Refusals : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Verification.Server";

    private readonly IRefusalRecords _records;
    private readonly Counter<long> _refusals;

    /// <summary>Nothing counted.</summary>
    /// <param name="records">Records them.</param>
    public Refusals(IRefusalRecords records)
    {
        _records = records;
        _refusals = Meter.CreateCounter<long>(
            "verification.refusals", "{refusal}", "Calls and items of batches answered with an error, by reason and consumer.");
    }

    /// <summary>The meter, by which a test tells one server's counts from another's.</summary>
    public Meter Meter { get; } = new(MeterName);

    /// <summary>Takes note of an error.</summary>
    /// <param name="refusal">What ends with it.</param>
    /// <param name="error">The error.</param>
    public void Note(in Refusal refusal, RpcStatus error)
    {
        if (ErrorHeaders.ReasonOf(error) is not { } reason)
        {
            return;
        }

        _records.Take(refusal, reason);
        var tag = new KeyValuePair<string, object?>("reason", reason);
        if (refusal.Consumer is { Name: var consumer })
        {
            _refusals.Add(1, tag, new KeyValuePair<string, object?>("consumer", consumer));
        }
        else
        {
            _refusals.Add(1, tag);
        }
    }

    /// <summary>Takes note of an error on its way out of a call.</summary>
    public void Note(in Refusal refusal, RpcException error)
    {
        if (error.GetRpcStatus() is { } status)
        {
            Note(refusal, status);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();
}
