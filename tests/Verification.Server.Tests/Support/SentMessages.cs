using System.Buffers;
using CsCheck;
using Permits.Verification.V1;

namespace Verification.Server.Tests.Support;

/// <summary>Messages of all kinds, good and bad, and as they come from a socket.</summary>
internal static class SentMessages
{
    /// <summary>Checks, hardly any of them good.</summary>
    public static readonly Gen<VerifyPermitRequest> AnyCheck =
        from number in Gen.String[0, 200]
        from entitlements in Gen.Int[0, 30].Array[0, 12]
        from role in Gen.Int[0, 4]
        from day in Gen.Int[-1, 31]
        from edition in Gen.Int
        select new VerifyPermitRequest
        {
            PermitNumber = number,
            Entitlements = { entitlements.Select(it => (Entitlement)it) },
            Subject = role == 0 ? null : new Subject { Role = (SubjectRole)role, IdentityNumber = number },
            AsOf = day < 0 ? null : new Google.Type.Date { Year = 2026, Month = 3, Day = day },
            Freshness = day % 2 == 0 ? new Freshness { MaxStaleness = new() { Seconds = day } } : null,
            CardEdition = edition,
        };

    /// <summary>Checks of a number, entitlements, a date and a reference, half of them good.</summary>
    public static readonly Gen<VerifyPermitRequest> ShortCheck =
        from number in Gen.Frequency((4, Gen.String[Gen.Char["0123456789BJbj- "], 6, 16]), (1, Gen.String[0, 30]))
        from entitlements in Gen.Frequency((4, Gen.Int[1, 18].Array[0, 6]), (1, Gen.Int[1, 4].Array[15, 22]), (1, Gen.Int[-1, 300].Array[0, 12]))
        from date in Gen.Frequency(
            (2, Gen.Const((Google.Type.Date?)null)),
            (3, Gen.Select(Gen.Int[1999, 2032], Gen.Int[1, 12], Gen.Int[1, 28], (year, month, day) => (Google.Type.Date?)Calls.Date(year, month, day))),
            (1, Gen.Select(Gen.Int[-1, 20_000], Gen.Int[-1, 14], Gen.Int[-1, 33], (year, month, day) => (Google.Type.Date?)Calls.Date(year, month, day))))
        from reference in Gen.Frequency((2, Gen.Const(string.Empty)), (3, Gen.String[Gen.Char['!', '~'], 1, 64]), (1, Gen.String[0, 80]))
        select new VerifyPermitRequest
        {
            PermitNumber = number,
            Entitlements = { entitlements.Select(it => (Entitlement)it) },
            AsOf = date,
            Reference = reference,
        };

    /// <summary>A message in pieces of some kilobytes.</summary>
    public static ReadOnlySequence<byte> Pieces(byte[] message)
    {
        const int size = 4_093;
        var first = new Piece(message.AsMemory(0, Math.Min(size, message.Length)), null);
        var last = first;
        for (var start = size; start < message.Length; start += size)
        {
            last = new Piece(message.AsMemory(start, Math.Min(size, message.Length - start)), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
