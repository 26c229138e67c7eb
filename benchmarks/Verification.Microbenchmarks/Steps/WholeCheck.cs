using BenchmarkDotNet.Attributes;
using Grpc.Core;
using Verification.Core.Lookup;
using Verification.Server.Access;
using Verification.Server.Checks;
using Verification.Server.Limits;
using Contract = Permits.Verification.V1;

namespace Verification.Microbenchmarks.Steps;

/// <summary>A check from its message to its answer, without the transport. Beside it: the lookup alone.</summary>
public class WholeCheck
{
    private static readonly CallTime NoDeadline = new(DateTime.MaxValue, CancellationToken.None);

    private readonly Contract.VerifyPermitRequest _hit = new() { PermitNumber = Samples.TextOf(0) };
    private readonly Contract.VerifyPermitRequest _refused = new()
    {
        PermitNumber = Samples.TextOf(0),
        Entitlements = { Contract.Entitlement.HomePurchase },
    };

    private readonly Contract.BatchVerifyPermitsRequest _batch = new();
    private MeasuredService _service = null!;
    private IPermitLookup _lookup = null!;
    private Verifier _verifier = null!;
    private Asker _asker = null!;

    /// <summary>Fills memory and checks the answers.</summary>
    [GlobalSetup]
    public async Task FillAsync()
    {
        _service = await MeasuredService.StartAsync();
        _lookup = _service.Get<IPermitLookup>();
        _verifier = _service.Get<Verifier>();
        _asker = _service.Asker;
        _batch.Checks.AddRange(Enumerable.Range(0, 100).Select(index => new Contract.VerifyPermitRequest { PermitNumber = Samples.TextOf(index) }));
        await _verifier.VerifyAsync(_batch, _asker, NoDeadline);

        Answers.Must(Lookup().Source == LookupSource.Memory, nameof(Lookup));
        Answers.Must(Hit() is { Verdict.Kind: Contract.PermitKind.WorkResidencePermit, Provenance.Revision: > 0 }, nameof(Hit));
        Answers.Must(BatchOf100().Items.All(item => item.Response.Verdict.Kind == Contract.PermitKind.WorkResidencePermit), nameof(BatchOf100));
        Answers.Must(Refused() == StatusCode.PermissionDenied, nameof(Refused));
    }

    /// <summary>Ends the service.</summary>
    [GlobalCleanup]
    public async Task EndAsync() => await _service.DisposeAsync();

    /// <summary>The lookup.</summary>
    [Benchmark(Baseline = true)]
    public PermitAnswer Lookup() => Answers.AtOnce(_lookup.FindAsync(Samples.Number, Samples.Rulebook, default, CancellationToken.None));

    /// <summary>A check that memory answers.</summary>
    [Benchmark]
    public Contract.VerifyPermitResponse Hit() => AtOnce(_verifier.VerifyAsync(_hit, _asker, NoDeadline));

    /// <summary>A hundred of them in a batch.</summary>
    [Benchmark]
    public Contract.BatchVerifyPermitsResponse BatchOf100() => AtOnce(_verifier.VerifyAsync(_batch, _asker, NoDeadline));

    /// <summary>A check that the school may not make.</summary>
    [Benchmark]
    public StatusCode Refused()
    {
        try
        {
            AtOnce(_verifier.VerifyAsync(_refused, _asker, NoDeadline));
            return StatusCode.OK;
        }
        catch (RpcException refusal)
        {
            return refusal.StatusCode;
        }
    }

    /// <summary>What waits is not answered from memory.</summary>
    private static T AtOnce<T>(Task<T> answering)
    {
        Answers.Must(answering.IsCompleted, "A check that must wait");
        return answering.GetAwaiter().GetResult();
    }
}
