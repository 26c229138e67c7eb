using Google.Protobuf.Collections;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Contract = Permits.Verification.V1;
using Date = Google.Type.Date;

namespace Verification.Server.Messages;

/// <summary>The core's values as the contract writes them. Codes have the same numbers in both; a test holds them to it.</summary>
internal static class Wire
{
    /// <summary>A date.</summary>
    public static Date ToDate(this DateOnly date) => new() { Year = date.Year, Month = date.Month, Day = date.Day };

    /// <summary>A date from which something applies; null when it always did.</summary>
    public static Date? ToStart(this DateOnly date) => date == DateOnly.MinValue ? null : date.ToDate();

    /// <summary>A date on which something ends; null when it never does.</summary>
    public static Date? ToEnd(this DateOnly date) => date == Calendar.Never ? null : date.ToDate();

    /// <summary>Adds the reasons of a set, in order.</summary>
    public static void AddReasons(this RepeatedField<Contract.StatusReason> reasons, StatusReasons set)
    {
        // The contract numbers the bits of the set from 1.
        for (var rest = (int)set; rest != 0; rest &= rest - 1)
        {
            reasons.Add((Contract.StatusReason)(1 + int.TrailingZeroCount(rest)));
        }
    }
}
