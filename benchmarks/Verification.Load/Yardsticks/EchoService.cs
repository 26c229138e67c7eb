using Grpc.Core;
using Permits.Verification.V1;

namespace Verification.Load.Yardsticks;

/// <summary>(a) A bare echo: the framework, the standard marshallers and nothing else.</summary>
internal sealed class EchoService : VerificationService.VerificationServiceBase
{
    private static readonly Task<VerifyPermitResponse> One = Task.FromResult(FixedAnswers.One);
    private static readonly Task<BatchVerifyPermitsResponse> Batch = Task.FromResult(FixedAnswers.Batch(MaxChecks));

    /// <summary>The checks of the largest batch.</summary>
    public const int MaxChecks = 1_000;

    /// <summary>The checks of a message on a stream.</summary>
    public const int StreamChecks = 100;

    private static readonly BatchVerifyPermitsResponse Message = FixedAnswers.Batch(StreamChecks);

    /// <inheritdoc/>
    public override Task<VerifyPermitResponse> VerifyPermit(VerifyPermitRequest request, ServerCallContext context) => One;

    /// <inheritdoc/>
    public override Task<BatchVerifyPermitsResponse> BatchVerifyPermits(BatchVerifyPermitsRequest request, ServerCallContext context) => Batch;

    /// <inheritdoc/>
    public override async Task StreamVerifyPermits(
        IAsyncStreamReader<StreamVerifyPermitsRequest> requestStream,
        IServerStreamWriter<StreamVerifyPermitsResponse> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(new StreamVerifyPermitsResponse { Sequence = request.Sequence, Response = Message }, context.CancellationToken);
        }
    }
}
