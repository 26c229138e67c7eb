using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Verdicts;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks.AtOnce;

/// <summary>Writes answers as the bytes of their messages: the same bytes that Protocol Buffers make of what <see cref="AnswerWriter"/> writes.</summary>
internal static class AnswerBytes
{
    /// <summary>Room that is enough for every answer.</summary>
    public const int MaxLength = 1_024;

    private const int NanosecondsPerTick = 100;

    /// <summary>Writes the answer to one check, the fields of a <see cref="Contract.VerifyPermitResponse"/>.</summary>
    /// <param name="writer">Where to, with room for <see cref="MaxLength"/>.</param>
    /// <param name="id">The check's identifier.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="entitlements">The entitlements to tell, in this order.</param>
    /// <param name="known">What it rests on.</param>
    /// <param name="seesSource">Whether the asker is told where it came from.</param>
    public static void Write(
        ref WireWriter writer, CheckId id, in Verdict verdict, ImmutableArray<Entitlement> entitlements, in PermitAnswer known, bool seesSource)
    {
        var answer = writer.Begin(Contract.VerifyPermitResponse.VerdictFieldNumber);
        Write(ref writer, verdict, entitlements);
        writer.End(answer);
        var provenance = writer.Begin(Contract.VerifyPermitResponse.ProvenanceFieldNumber);
        WriteId(ref writer, id);
        writer.Number(Contract.Provenance.RevisionFieldNumber, known.Revision);
        WriteInstant(ref writer, known.DataAsOf);
        writer.Number(Contract.Provenance.SourceFieldNumber, seesSource ? (int)known.Source : 0);
        writer.Text(Contract.Provenance.RulebookVersionFieldNumber, known.Rulebook.Version);
        writer.End(provenance);
    }

    private static void Write(ref WireWriter writer, in Verdict verdict, ImmutableArray<Entitlement> entitlements)
    {
        WriteNumber(ref writer, verdict.Number);
        writer.Number(Contract.Verdict.KindFieldNumber, (int)verdict.Kind);
        writer.Number(Contract.Verdict.StatusFieldNumber, (int)verdict.Standing.Status);
        WriteReasons(ref writer, verdict.Standing.Reasons);
        writer.Date(Contract.Verdict.AsOfFieldNumber, verdict.AsOf);
        writer.Date(Contract.Verdict.StatusUntilFieldNumber, verdict.StatusUntil);
        writer.Number(Contract.Verdict.SubjectMatchFieldNumber, (int)verdict.SubjectMatch);
        writer.Number(Contract.Verdict.CardMatchFieldNumber, (int)verdict.CardMatch);
        foreach (var entitlement in entitlements)
        {
            var decision = verdict.On(entitlement);
            var start = writer.Begin(Contract.Verdict.EntitlementsFieldNumber);
            writer.Number(Contract.EntitlementDecision.EntitlementFieldNumber, (int)decision.Entitlement);
            writer.Number(Contract.EntitlementDecision.DecisionFieldNumber, (int)decision.Decision);
            writer.Number(Contract.EntitlementDecision.BasisFieldNumber, (int)decision.Basis);
            writer.End(start);
        }

        writer.Date(Contract.Verdict.StatusSinceFieldNumber, verdict.StatusSince);
        writer.Date(Contract.Verdict.IssuedOnFieldNumber, verdict.IssuedOn);
        writer.Date(Contract.Verdict.ExpiresOnFieldNumber, verdict.ExpiresOn);
        writer.Date(Contract.Verdict.ValidUntilFieldNumber, verdict.ValidUntil);
        if (verdict.Throughout is { } throughout)
        {
            Write(ref writer, throughout);
        }
    }

    private static void Write(ref WireWriter writer, in Throughout throughout)
    {
        var start = writer.Begin(Contract.Verdict.ThroughoutFieldNumber);
        writer.Date(Contract.Throughout.ThroughFieldNumber, throughout.Through);
        writer.Number(Contract.Throughout.ValidFieldNumber, throughout.IsValid ? 1 : 0);
        writer.Date(Contract.Throughout.FirstNotValidOnFieldNumber, throughout.FirstNotValid?.On);
        writer.Number(Contract.Throughout.StatusFieldNumber, (int)(throughout.FirstNotValid?.Status ?? default));
        writer.End(start);
    }

    private static void WriteNumber(ref WireWriter writer, PermitNumber number)
    {
        var start = writer.Begin(Contract.Verdict.PermitNumberFieldNumber);
        number.TryFormat(writer.Room, out var length);
        writer.Advance(length);
        writer.End(start);
    }

    private static void WriteReasons(ref WireWriter writer, StatusReasons reasons)
    {
        if (reasons == StatusReasons.None)
        {
            return;
        }

        var start = writer.Begin(Contract.Verdict.ReasonsFieldNumber);
        for (var rest = (int)reasons; rest != 0; rest &= rest - 1)
        {
            // The contract numbers the bits of the set from 1.
            writer.Raw(1 + (uint)int.TrailingZeroCount(rest));
        }

        writer.End(start);
    }

    private static void WriteId(ref WireWriter writer, CheckId id)
    {
        var start = writer.Begin(Contract.Provenance.CheckIdFieldNumber);
        id.TryFormat(writer.Room, out var length);
        writer.Advance(length);
        writer.End(start);
    }

    private static void WriteInstant(ref WireWriter writer, DateTimeOffset instant)
    {
        var start = writer.Begin(Contract.Provenance.DataAsOfFieldNumber);
        var (seconds, ticks) = Math.DivRem(instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerSecond);
        if (ticks < 0)
        {
            (seconds, ticks) = (seconds - 1, ticks + TimeSpan.TicksPerSecond);
        }

        writer.Number(Timestamp.SecondsFieldNumber, seconds);
        writer.Number(Timestamp.NanosFieldNumber, ticks * NanosecondsPerTick);
        writer.End(start);
    }
}
