using System.Collections.Immutable;
using CsCheck;
using Google.Protobuf;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Entitlements;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Verdicts;
using Verification.Core.Words;
using Verification.Server.Checks;
using Verification.Server.Checks.AtOnce;
using Verification.Server.Checks.Batches;
using Verification.Server.Errors;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Tests.Checks.AtOnce;

public sealed class AnswerBytesTests
{
    private static readonly Gen<DateOnly> Day = Gen.Int[1, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber);

    private static readonly Gen<DateOnly?> MaybeDay = Gen.OneOf(Gen.Const((DateOnly?)null), Day.Select(day => (DateOnly?)day));

    private static readonly Gen<Throughout?> MaybeThroughout =
        from through in MaybeDay
        from first in MaybeDay
        from status in Gen.Int[1, 6]
        select through is { } last ? new Throughout(last, first is { } day ? (day, (PermitStatus)status) : null) : (Throughout?)null;

    private static readonly Gen<Verdict> AnyVerdict =
        from number in Gen.String[Gen.Char["0123456789ABCXYZ"], 6, 24].Where(text => PermitNumber.TryParse(text, out _))
        from kind in Gen.Int[0, 5]
        from standing in Gen.Select(Gen.Int[1, 6], Gen.Int[0, (1 << 11) - 1])
        from days in MaybeDay.Array[5]
        from asOf in Day
        from throughout in MaybeThroughout
        from matches in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 4])
        from conferred in Gen.Bool
        select new Verdict(
            PermitNumber.Parse(number),
            (PermitKind)kind,
            asOf,
            new Standing((PermitStatus)standing.Item1, (StatusReasons)standing.Item2),
            days[0],
            days[1],
            days[2],
            days[3],
            days[4],
            throughout,
            (SubjectMatch)matches.Item1,
            (CardMatch)matches.Item2,
            conferred ? EntitlementTable.RefusedByMismatch : EntitlementTable.RefusedByStatus);

    private static readonly Gen<PermitAnswer> AnyKnown =
        from revision in Gen.Long[0, long.MaxValue]
        from ticks in Gen.Long[DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks]
        from source in Gen.Int[1, 3]
        select new PermitAnswer(null, RulebookLibrary.Embedded.All[0], revision, new DateTimeOffset(ticks, TimeSpan.Zero), (LookupSource)source);

    private static readonly Gen<CheckId> AnyId =
        from message in Gen.Guid
        from item in Gen.OneOf(Gen.Const((int?)null), Gen.Int[0, int.MaxValue].Select(index => (int?)index))
        select new CheckId(message, item);

    private static readonly Gen<ImmutableArray<Entitlement>> AnyEntitlements =
        Gen.Int[1, 18].Array[1, 18].Select(codes => codes.Distinct().Select(code => (Entitlement)code).ToImmutableArray());

    [Fact]
    public void Write_AnyAnswer_IsWhatProtocolBuffersWrite() =>
        Gen.Select(AnyId, AnyVerdict, AnyEntitlements, AnyKnown, Gen.Bool).Sample((id, verdict, entitlements, known, seesSource) =>
        {
            var expected = Message(id, verdict, entitlements, known, seesSource).ToByteArray();

            var writer = new WireWriter(new byte[AnswerBytes.MaxLength]);
            AnswerBytes.Write(ref writer, id, verdict, entitlements, known, seesSource);

            Assert.Equal(expected, writer.Written);
        }, iter: 5_000);

    [Fact]
    public void BatchAnswer_AnswersAndErrors_IsWhatProtocolBuffersWrite() =>
        Gen.Select(AnyId, AnyVerdict, AnyEntitlements, AnyKnown, Gen.Bool, Gen.Int[0, 3_000]).Array[1, 20].Sample(items =>
        {
            var expected = new Contract.BatchVerifyPermitsResponse();
            using var answer = new BatchAnswer(items: 1);
            foreach (var (id, verdict, entitlements, known, isError, length) in items)
            {
                if (isError)
                {
                    var error = RpcErrors.Create(Google.Rpc.Code.Unavailable, "REASON", new Wording(new string('x', length), string.Empty));
                    expected.Items.Add(new Contract.BatchItem { Error = error });
                    answer.Add(error);
                }
                else
                {
                    expected.Items.Add(new Contract.BatchItem { Response = Message(id, verdict, entitlements, known, seesSource: true) });
                    answer.Add(id, verdict, entitlements, known, seesSource: true);
                }
            }

            Assert.Equal(expected.ToByteArray(), answer.Written);
        }, iter: 300);

    private static Contract.VerifyPermitResponse Message(
        CheckId id, in Verdict verdict, ImmutableArray<Entitlement> entitlements, in PermitAnswer known, bool seesSource)
    {
        var provenance = AnswerWriter.WriteProvenance(known, id);
        provenance.Source = seesSource ? (Contract.Source)known.Source : Contract.Source.Unspecified;
        return new Contract.VerifyPermitResponse { Verdict = AnswerWriter.Write(verdict, entitlements), Provenance = provenance };
    }
}
