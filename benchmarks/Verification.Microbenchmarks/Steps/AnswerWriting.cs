using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Checks;
using Verification.Server.Checks.AtOnce;
using Contract = Permits.Verification.V1;

namespace Verification.Microbenchmarks.Steps;

/// <summary>An answer from a verdict to its bytes. Beside it: the bytes of an answer that is written already.</summary>
public class AnswerWriting
{
    private readonly byte[] _buffer = new byte[1_024];
    private readonly ImmutableArray<Entitlement> _entitlements = Samples.Rulebook.ScopeOf(ConsumerClass.School).Entitlements;
    private Contract.VerifyPermitResponse _ready = null!;
    private Verdict _verdict;
    private PermitAnswer _known;

    /// <summary>Checks the answers.</summary>
    [GlobalSetup]
    public void Check()
    {
        var timeline = TimelineCompiler.Compile(Samples.History(0), Samples.Rulebook);
        _verdict = new VerdictRules(Samples.Digester).Decide(Samples.Number, timeline, Samples.Today, Subject.Holder, null, StandingView.Restricted);
        _known = new PermitAnswer(timeline, Samples.Rulebook, 4_000, Samples.Noon, LookupSource.Memory);
        _ready = Answer();
        var length = Whole();
        Answers.Must(Bytes() == length, nameof(Bytes));
        var read = Contract.VerifyPermitResponse.Parser.ParseFrom(_buffer, 0, length);
        Answers.Must(read.Equals(_ready) && read.Verdict.PermitNumber == Samples.TextOf(0), nameof(Whole));
        Answers.Must(Verdict().Entitlements.Count == _entitlements.Length, nameof(Verdict));
        Answers.Must(Directly() == length && Contract.VerifyPermitResponse.Parser.ParseFrom(_buffer, 0, length).Verdict.Equals(_ready.Verdict), nameof(Directly));
    }

    /// <summary>The bytes of a message.</summary>
    [Benchmark(Baseline = true)]
    public int Bytes() => Write(_ready);

    /// <summary>The verdict as a message.</summary>
    [Benchmark]
    public Contract.Verdict Verdict() => AnswerWriter.Write(_verdict, _entitlements);

    /// <summary>The verdict and what it rests on, and the bytes of both.</summary>
    [Benchmark]
    public int Whole() => Write(Answer());

    /// <summary>The same bytes, without a message.</summary>
    [Benchmark]
    public int Directly()
    {
        var writer = new WireWriter(_buffer);
        AnswerBytes.Write(ref writer, new CheckId(Guid.CreateVersion7(Samples.Noon)), _verdict, _entitlements, _known, seesSource: false);
        return writer.Length;
    }

    private Contract.VerifyPermitResponse Answer() => new()
    {
        Verdict = AnswerWriter.Write(_verdict, _entitlements),
        Provenance = AnswerWriter.WriteProvenance(_known, new CheckId(Guid.CreateVersion7(Samples.Noon))),
    };

    private int Write(Contract.VerifyPermitResponse message)
    {
        var size = message.CalculateSize();
        message.WriteTo(_buffer.AsSpan(0, size));
        return size;
    }
}
