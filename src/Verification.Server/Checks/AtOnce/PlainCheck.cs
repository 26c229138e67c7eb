using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks.AtOnce;

/// <summary>
/// A check as nearly all are sent: a number, perhaps with entitlements, a date and a reference, all of it well formed. Read off its bytes, with no message
/// made of it. Whatever else a check may hold, and whatever is wrong with one, is for the parser of Protocol Buffers and
/// <see cref="CheckReader"/>, which say it better.
/// </summary>
/// <param name="Number">The permit.</param>
/// <param name="Entitlements">What to decide: a code a byte, in order and each once, the first in the lowest; 0 where none is named.</param>
/// <param name="AsOf">The date; null where none is named.</param>
/// <param name="Reference">The caller's own reference.</param>
internal readonly record struct PlainCheck(PermitNumber Number, ulong Entitlements, DateOnly? AsOf, AuditText Reference)
{
    private const int LengthDelimited = 2;
    private const byte NumberTag = (Contract.VerifyPermitRequest.PermitNumberFieldNumber << 3) | LengthDelimited;
    private const byte EntitlementsTag = (Contract.VerifyPermitRequest.EntitlementsFieldNumber << 3) | LengthDelimited;
    private const byte AsOfTag = (Contract.VerifyPermitRequest.AsOfFieldNumber << 3) | LengthDelimited;
    private const byte ReferenceTag = (Contract.VerifyPermitRequest.ReferenceFieldNumber << 3) | LengthDelimited;
    private const byte YearTag = Google.Type.Date.YearFieldNumber << 3;
    private const byte MonthTag = Google.Type.Date.MonthFieldNumber << 3;
    private const byte DayTag = Google.Type.Date.DayFieldNumber << 3;

    private const int BitsOfACode = 8;

    private static readonly int LastEntitlement = (int)Enum.GetValues<Entitlement>().Max();

    /// <summary>Reads the bytes of a check.</summary>
    /// <returns>False where it is not plain: then nothing is said of it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out PlainCheck check)
    {
        var number = default(PermitNumber);
        var entitlements = 0UL;
        var reference = default(AuditText);
        DateOnly? asOf = null;
        check = default;
        while (!message.IsEmpty)
        {
            // A length of one byte is enough for all that is plain.
            if (message.Length < 2 || message[1] is var length && (length >= 0x80 || length > message.Length - 2))
            {
                return false;
            }

            var field = message.Slice(2, length);
            var isPlain = message[0] switch
            {
                NumberTag => number == default && PermitNumber.TryParse(field, out number),
                EntitlementsTag => entitlements == 0 && TryReadCodes(field, out entitlements),
                AsOfTag => asOf is null && TryReadDate(field, out asOf),
                ReferenceTag => reference.IsEmpty && TryReadReference(field, out reference),
                _ => false,
            };
            if (!isPlain)
            {
                return false;
            }

            message = message[(2 + length)..];
        }

        check = new PlainCheck(number, entitlements, asOf, reference);
        return number != default;
    }

    /// <summary>The entitlements that it names, in order.</summary>
    public ImmutableArray<Entitlement> Named()
    {
        var named = ImmutableArray.CreateBuilder<Entitlement>(sizeof(ulong));
        for (var rest = Entitlements; rest != 0; rest >>= BitsOfACode)
        {
            named.Add((Entitlement)(byte)rest);
        }

        return named.DrainToImmutable();
    }

    /// <summary>A message that says the same.</summary>
    public Contract.VerifyPermitRequest ToMessage()
    {
        var message = new Contract.VerifyPermitRequest { PermitNumber = Number.ToString(), AsOf = AsOf?.ToDate(), Reference = Reference.ToString() };
        foreach (var entitlement in Named())
        {
            message.Entitlements.Add((Contract.Entitlement)entitlement);
        }

        return message;
    }

    private static bool TryReadReference(ReadOnlySpan<byte> field, out AuditText reference)
    {
        reference = default;
        return field.Length is > 0 and <= CheckReader.MaxReference
            && !field.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            && AuditText.TryCreate(Encoding.ASCII.GetString(field), out reference);
    }

    private static bool TryReadCodes(ReadOnlySpan<byte> packed, out ulong codes)
    {
        codes = 0;
        if (packed.Length > MessageBounds.MaxEntitlements)
        {
            return false;
        }

        var (seen, shift) = (0UL, 0);
        foreach (var code in packed)
        {
            if (code == 0 || code > LastEntitlement)
            {
                return false;
            }

            // One that is named again is told once.
            if ((seen & (1UL << code)) != 0)
            {
                continue;
            }

            if (shift == sizeof(ulong) * BitsOfACode)
            {
                return false;
            }

            seen |= 1UL << code;
            codes |= (ulong)code << shift;
            shift += BitsOfACode;
        }

        return codes != 0;
    }

    private static bool TryReadDate(ReadOnlySpan<byte> message, [NotNullWhen(true)] out DateOnly? date)
    {
        date = null;
        var (year, month, day) = (0, 0, 0);
        while (!message.IsEmpty)
        {
            var tag = message[0];
            if (!TryReadNumber(message[1..], out var value, out var read))
            {
                return false;
            }

            switch (tag)
            {
                case YearTag:
                    year = value;
                    break;
                case MonthTag:
                    month = value;
                    break;
                case DayTag:
                    day = value;
                    break;
                default:
                    return false;
            }

            message = message[(1 + read)..];
        }

        if (!CivilDates.TryCreate(year, month, day, out var created))
        {
            return false;
        }

        date = created;
        return true;
    }

    /// <summary>A number of one byte or two: as large as a year.</summary>
    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, out int value, out int read)
    {
        (value, read) = bytes switch
        {
            [< 0x80 and var only, ..] => (only, 1),
            [var low, < 0x80 and var high, ..] => ((low & 0x7F) | (high << 7), 2),
            _ => (0, 0),
        };
        return read > 0;
    }
}
