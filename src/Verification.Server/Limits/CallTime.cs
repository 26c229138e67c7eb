using Grpc.Core;

namespace Verification.Server.Limits;

/// <summary>How long a call has.</summary>
/// <param name="Deadline">The caller's deadline by the machine's clock, as the framework counts it; the end of time when there is none.</param>
/// <param name="Cancelled">Ends the call: the deadline has passed, or the caller went away.</param>
internal readonly record struct CallTime(DateTime Deadline, CancellationToken Cancelled)
{
    // Enough to write an error that says what was slow before the framework ends the call without a word.
    private static readonly TimeSpan MostReserve = TimeSpan.FromMilliseconds(100);

    /// <summary>A call's.</summary>
    public static CallTime Of(ServerCallContext context) => new(context.Deadline, context.CancellationToken);

    /// <summary>How long to wait for the registry: what is left but a tenth, at most 100 ms; the default where the caller set nothing.</summary>
    public TimeSpan Patience(TimeSpan otherwise)
    {
        if (Deadline == DateTime.MaxValue)
        {
            return otherwise;
        }

        var left = Deadline - TimeProvider.System.GetUtcNow().UtcDateTime;
        var patience = left - (left / 10 < MostReserve ? left / 10 : MostReserve);
        return patience < otherwise ? patience : otherwise;
    }
}
