using System.Buffers;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Server.Checks;
using Verification.Server.Checks.AtOnce;
using Verification.Server.Checks.Batches;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Microbenchmarks.Steps;

/// <summary>A request from its bytes to a check. Beside it: the parser of Protocol Buffers alone.</summary>
public class RequestReading
{
    private readonly Contract.VerifyPermitRequest _request = new() { PermitNumber = Samples.TextOf(0) };
    private readonly Contract.VerifyPermitRequest _named = new()
    {
        PermitNumber = Samples.TextOf(0),
        Entitlements = { Contract.Entitlement.SchoolEnrollment },
        Subject = new Contract.Subject { IdentityNumber = Samples.Holder },
        AsOf = new Google.Type.Date { Year = 2026, Month = 3, Day = 1 },
    };

    private readonly CheckReader _reader = new(Samples.Digester);
    private MeasuredService _service = null!;
    private Inquiry _inquiry;
    private ReadOnlySequence<byte> _bytes;
    private ReadOnlySequence<byte> _batch;

    /// <summary>Checks the answers.</summary>
    [GlobalSetup]
    public async Task CheckAsync()
    {
        _service = await MeasuredService.StartAsync();
        var instant = _service.Get<TimeProvider>().GetUtcNow();
        _inquiry = new Inquiry(Guid.CreateVersion7(instant), AuditCall.Check, _service.Asker, instant, _service.Get<Days>().At(instant), Samples.Rulebook);
        _bytes = new(_request.ToByteArray());
        var batch = new Contract.BatchVerifyPermitsRequest();
        batch.Checks.AddRange(Enumerable.Range(0, MessageBounds.MaxChecks).Select(index => new Contract.VerifyPermitRequest { PermitNumber = Samples.TextOf(index) }));
        _batch = new(batch.ToByteArray());

        Answers.Must(Parse().Equals(_request), nameof(Parse));
        Answers.Must(Message().Equals(_request), nameof(Message));
        Answers.Must(Plain() == Samples.Number, nameof(Plain));
        Answers.Must(Batch() == MessageBounds.MaxChecks, nameof(Batch));
        Answers.Must(Check() == Samples.Number, nameof(Check));
        Answers.Must(CheckWithAll() == Samples.Number, nameof(CheckWithAll));
    }

    /// <summary>Ends the service.</summary>
    [GlobalCleanup]
    public async Task EndAsync() => await _service.DisposeAsync();

    /// <summary>The parser that is made from the contract.</summary>
    [Benchmark(Baseline = true)]
    public Contract.VerifyPermitRequest Parse() => Contract.VerifyPermitRequest.Parser.ParseFrom(_bytes);

    /// <summary>The bounded reading of the same message.</summary>
    [Benchmark]
    public Contract.VerifyPermitRequest Message() => BoundedChecks.ReadCheck(_bytes);

    /// <summary>A check from the same bytes, without a message.</summary>
    [Benchmark]
    public PermitNumber Plain() =>
        PlainCheck.TryRead(_bytes.FirstSpan, out var plain) && CheckReader.TryRead(plain, _inquiry, out var check) ? check.Number : default;

    /// <summary>The bounded reading of the largest batch.</summary>
    [Benchmark]
    public int Batch()
    {
        using var batch = BatchMessage.Read(_batch);
        return batch.Count;
    }

    /// <summary>A check from a message with nothing but a number.</summary>
    [Benchmark]
    public PermitNumber Check() => Read(_request);

    /// <summary>A check from a message with everything.</summary>
    [Benchmark]
    public PermitNumber CheckWithAll() => Read(_named);

    private PermitNumber Read(Contract.VerifyPermitRequest request)
    {
        var fields = new FieldReader();
        var check = _reader.Read(request, _inquiry, fields);
        fields.ThrowIfWrong();
        return check.Number;
    }
}
