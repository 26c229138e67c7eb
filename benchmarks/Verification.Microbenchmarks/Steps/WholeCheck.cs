using System.Buffers;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Server.Access;
using Verification.Server.Checks;
using Verification.Server.Checks.AtOnce;
using Verification.Server.Checks.Batches;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Contract = Permits.Verification.V1;

namespace Verification.Microbenchmarks.Steps;

/// <summary>A check from the bytes of its message to those of its answer, without the transport. Beside it: the lookup alone.</summary>
public class WholeCheck
{
    private const int Checks = 100;

    private static readonly CallTime NoDeadline = new(DateTime.MaxValue, CancellationToken.None);

    private readonly byte[] _hit = new Contract.VerifyPermitRequest { PermitNumber = Samples.TextOf(0) }.ToByteArray();
    private readonly byte[] _malformed = new Contract.VerifyPermitRequest { PermitNumber = "BJ/2024/17" }.ToByteArray();
    private readonly byte[] _refused =
        new Contract.VerifyPermitRequest { PermitNumber = Samples.TextOf(0), Entitlements = { Contract.Entitlement.HomePurchase } }.ToByteArray();

    private readonly byte[] _answer = new byte[AnswerBytes.MaxLength];
    private readonly HeaderDictionary _headers = new(capacity: 8);
    private ReadOnlySequence<byte> _batch;
    private MeasuredService _service = null!;
    private IPermitLookup _lookup = null!;
    private Verifier _verifier = null!;
    private ChecksAtOnce _atOnce = null!;
    private Refusals _refusals = null!;
    private Asker _asker = null!;

    /// <summary>Fills memory and checks the answers.</summary>
    [GlobalSetup]
    public async Task FillAsync()
    {
        _service = await MeasuredService.StartAsync();
        _lookup = _service.Get<IPermitLookup>();
        _verifier = _service.Get<Verifier>();
        _atOnce = _service.Get<ChecksAtOnce>();
        _refusals = _service.Get<Refusals>();
        _asker = _service.Asker;
        var batch = new Contract.BatchVerifyPermitsRequest();
        batch.Checks.AddRange(Enumerable.Range(0, Checks).Select(index => new Contract.VerifyPermitRequest { PermitNumber = Samples.TextOf(index) }));
        _batch = new(batch.ToByteArray());
        var filled = await _verifier.VerifyAsync(batch, _asker, NoDeadline);

        Answers.Must(filled.Items.All(item => item.Response.Verdict.Kind == Contract.PermitKind.WorkResidencePermit), nameof(BatchOf100));
        Answers.Must(Lookup().Source == LookupSource.Memory, nameof(Lookup));
        var length = Hit();
        Answers.Must(
            Contract.VerifyPermitResponse.Parser.ParseFrom(_answer, 0, length) is { Verdict.Kind: Contract.PermitKind.WorkResidencePermit, Provenance.Revision: > 0 },
            nameof(Hit));
        Answers.Must(BatchOf100() > Checks * length * 9 / 10, nameof(BatchOf100));
        Answers.Must(Refused() == (int)Google.Rpc.Code.PermissionDenied, nameof(Refused));
        Answers.Must(Malformed() == (int)Google.Rpc.Code.InvalidArgument, nameof(Malformed));
    }

    /// <summary>Ends the service.</summary>
    [GlobalCleanup]
    public async Task EndAsync() => await _service.DisposeAsync();

    /// <summary>The lookup.</summary>
    [Benchmark(Baseline = true)]
    public PermitAnswer Lookup() => Answers.AtOnce(_lookup.FindAsync(Samples.Number, Samples.Rulebook, default, CancellationToken.None));

    /// <summary>A check that memory answers.</summary>
    [Benchmark]
    public int Hit()
    {
        Answers.Must(_atOnce.TryVerify(_hit, _asker, out var told) && told.Error is null, nameof(Hit));
        var writer = new WireWriter(_answer);
        AnswerBytes.Write(ref writer, told.Id, told.Verdict, told.Check.Entitlements, told.Known, _asker.SeesSource);
        return writer.Length;
    }

    /// <summary>A hundred of them in a batch.</summary>
    [Benchmark]
    public int BatchOf100()
    {
        using var batch = BatchMessage.Read(_batch);
        var answering = _verifier.VerifyAsync(batch, _asker, NoDeadline);
        Answers.Must(answering.IsCompleted, "A batch that must wait");
        using var answer = answering.GetAwaiter().GetResult();
        return answer.Length;
    }

    /// <summary>A check that the school may not make.</summary>
    [Benchmark]
    public int Refused() => Refuse(_refused);

    /// <summary>A text that is no number.</summary>
    [Benchmark]
    public int Malformed() => Refuse(_malformed);

    private int Refuse(byte[] message)
    {
        Answers.Must(_atOnce.TryVerify(message, _asker, out var told) && told.Error is not null, nameof(Refused));
        _refusals.Note(new Refusal(AuditCall.Check, _asker.Recorded, told.Number), told.Error!);
        _headers.Clear();
        TrailersOnly.Set(_headers, CallerLanguage.Fit(told.Error!, language: null));
        return told.Error!.Code;
    }
}
