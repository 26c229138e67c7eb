using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Core.Words;
using Verification.Server.Errors;
using Date = Google.Type.Date;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Messages;

/// <summary>
/// Reads the fields of one message and gathers what is wrong with them, so that a caller learns all of it at once. What it returns
/// for a field in error is not to be used.
/// </summary>
internal sealed class FieldReader
{
    // An error travels in HTTP/2 trailers, for which clients have as little as 8 KiB; one that does not fit breaks the connection.
    private const int MaxViolations = 16;

    // Errors of one fixed fault alone; the names of fields that may have one are few.
    private static readonly ConcurrentDictionary<(string Field, FieldFault Fault), RpcStatus> Fixed = new();

    private (string Field, FieldFault Fault)? _first;

    // Those after the first: nearly all messages have none, and most others one.
    private List<(string Field, FieldFault Fault)>? _others;

    /// <summary>Whether anything is wrong with the fields.</summary>
    public bool IsWrong => _first is not null;

    /// <summary>What is wrong with the fields; null when nothing is.</summary>
    public RpcStatus? Error => _first is not { } first ? null
        : _others is null && first.Fault.IsFixed ? Fixed.GetOrAdd(first, static only => ErrorHeaders.Share(ErrorOf([only])))
        : ErrorOf([first, .. _others ?? []]);

    /// <summary>Fails the call where a field is wrong.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT with all that is wrong.</exception>
    public void ThrowIfWrong()
    {
        if (Error is { } error)
        {
            throw error.ToRpcException();
        }
    }

    /// <summary>Notes that a field is wrong. Of very many wrong fields it names the first.</summary>
    public void Refuse(string field, FieldFault fault)
    {
        if (_first is null)
        {
            _first = (field, fault);
        }
        else if ((_others ??= []).Count + 1 < MaxViolations)
        {
            _others.Add((field, fault));
        }
    }

    /// <summary>Reads a permit's number.</summary>
    public PermitNumber PermitNumber(string field, string text)
    {
        if (!Core.Permits.PermitNumber.TryParse(text, out var number))
        {
            Refuse(
                field,
                Core.Permits.PermitNumber.IsIdentityNumber(text) ? FieldFault.IdentityForPermitNumber() : FieldFault.NoPermitNumber());
        }

        return number;
    }

    /// <summary>Reads a document's number; null when the text is empty or wrong.</summary>
    public IdentityNumber? IdentityNumber(string field, string text, IdentityDocument document)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (!Core.Permits.IdentityNumber.TryParse(document, text, out var number))
        {
            Refuse(field, FieldFault.NoIdentityNumber(document));
            return null;
        }

        return number;
    }

    /// <summary>Reads a date; null when it is absent or wrong.</summary>
    public DateOnly? Date(string field, Date? date)
    {
        if (date is null)
        {
            return null;
        }

        if (CivilDates.TryCreate(date.Year, date.Month, date.Day, out var day))
        {
            return day;
        }

        Refuse(field, FieldFault.NoDate());
        return null;
    }

    /// <summary>Reads an instant; null when it is absent or wrong.</summary>
    public DateTimeOffset? Instant(string field, Timestamp? instant)
    {
        if (instant is null)
        {
            return null;
        }

        if (instant is { Seconds: >= -62_135_596_800 and <= 253_402_300_799, Nanos: >= 0 and < 1_000_000_000 })
        {
            return instant.ToDateTimeOffset();
        }

        Refuse(field, FieldFault.NoInstant());
        return null;
    }

    /// <summary>Reads the name of a check.</summary>
    public CheckId CheckId(string field, string text)
    {
        if (!Audit.Records.CheckId.TryParse(text, out var id) || id.Message.Version != 7)
        {
            Refuse(field, FieldFault.NoCheckId());
        }

        return id;
    }

    /// <summary>Reads a code whose numbers are those of the core's enum. Zero and unknown numbers are refused.</summary>
    public TCode Code<TCode>(string field, int number)
        where TCode : struct, System.Enum
    {
        if (TryCode<TCode>(number, out var code))
        {
            return code;
        }

        Refuse(field, FieldFault.UnknownCode(number));
        return default;
    }

    /// <summary>Reads a name that the caller chose: 1 to so many visible ASCII characters.</summary>
    public string Id(string field, string text, int maxLength)
    {
        if (text.Length == 0)
        {
            Refuse(field, FieldFault.Missing());
        }
        else if (text.Length > maxLength || text.Any(character => character is < '!' or > '~'))
        {
            Refuse(field, FieldFault.NoId(text.Length, maxLength));
        }

        return text;
    }

    /// <summary>Reads a name that the caller chose and that is kept: it must not hold an identity number.</summary>
    public string KeptId(string field, string text, int maxLength)
    {
        Id(field, text, maxLength);
        if (IdentityNumberText.IsIn(text))
        {
            Refuse(field, FieldFault.IdentityInText());
        }

        return text;
    }

    private static RpcStatus ErrorOf((string Field, FieldFault Fault)[] faults)
    {
        var first = faults[0].Fault.Reason;
        var reason = faults.All(fault => fault.Fault.Reason == first) ? first : ErrorReasons.InvalidFields;
        var badRequest = new BadRequest();
        badRequest.FieldViolations.AddRange(faults.Select(fault => new BadRequest.Types.FieldViolation
        {
            Field = fault.Field,
            Reason = fault.Fault.Reason,
            Description = fault.Fault.Description.English,
            LocalizedMessage = CallerLanguage.Chinese(fault.Fault.Description.Chinese),
        }));
        var message = new Wording(
            string.Join(" ", faults.Select(fault => $"{fault.Field}: {fault.Fault.Description.English}")),
            string.Concat(faults.Select(fault => $"{fault.Field}：{fault.Fault.Description.Chinese}")));
        return RpcErrors.InvalidArgument(reason, message, badRequest);
    }

    private static bool TryCode<TCode>(int number, [NotNullWhen(true)] out TCode code)
        where TCode : struct, System.Enum
    {
        code = default;
        if (number is < 1 or > byte.MaxValue)
        {
            return false;
        }

        code = (TCode)(object)(byte)number;
        return System.Enum.IsDefined(code);
    }
}
