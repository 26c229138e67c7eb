using System.Globalization;
using System.Text;
using Google.Type;
using Permits.Registry.V1;
using Permits.Verification.V1;

namespace Verification.EndToEnd.Tests.TwoNodes;

/// <summary>Permits whose standing on one day is known: what the service must answer.</summary>
internal static class KnownPermits
{
    /// <summary>How many the file has; one in five of these numbers was never issued.</summary>
    public const int Count = 2_000;

    /// <summary>The day that is asked about.</summary>
    public static DateOnly Day { get; } = new(2025, 6, 1);

    /// <summary>The registry's file with all of them.</summary>
    public static byte[] File
    {
        get
        {
            var lines = new StringBuilder();
            for (var i = 0; i < Count; i++)
            {
                lines.Append(StatusOf(i) switch
                {
                    PermitStatus.Valid => Issued(i, "2025-05-01"),
                    PermitStatus.NotYetValid => Issued(i, "2025-07-01"),
                    PermitStatus.Cancelled => Issued(i, "2025-05-01") + Line(i, "\"event\":\"cancelled\",\"on\":\"2025-05-20\",\"reason\":\"离京\""),
                    _ => string.Empty,
                });
            }

            return Encoding.UTF8.GetBytes(lines.ToString());
        }
    }

    public static string NumberOf(int i) => string.Create(CultureInfo.InvariantCulture, $"BJ9{i:D7}");

    /// <summary>How one stands on the day.</summary>
    public static PermitStatus StatusOf(int i) => (i % 5) switch
    {
        0 => PermitStatus.Cancelled,
        1 => PermitStatus.NotYetValid,
        2 => PermitStatus.NotFound,
        _ => PermitStatus.Valid,
    };

    /// <summary>The question how one stands on the day.</summary>
    public static VerifyPermitRequest CheckOf(int i) => new()
    {
        PermitNumber = NumberOf(i),
        AsOf = new Date { Year = Day.Year, Month = Day.Month, Day = Day.Day },
    };

    /// <summary>The issue of one that the file does not have: valid on the day.</summary>
    public static RecordEventRequest IssueOf(int i) => new()
    {
        RequestId = NumberOf(i),
        Event = new PermitEvent
        {
            PermitNumber = NumberOf(i),
            On = new Date { Year = 2025, Month = 5, Day = 1 },
            Issued = new Issued { Kind = PermitKind.WorkResidencePermit },
        },
    };

    private static string Issued(int i, string on) => Line(i, $"\"event\":\"issued\",\"on\":\"{on}\",\"kind\":\"work_residence_permit\"");

    private static string Line(int i, string rest) => $"{{\"permit\":\"{NumberOf(i)}\",{rest}}}\n";
}
