using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Verification.Audit.Storing;
using Verification.Server.Checks;
using Verification.Server.Messages;
using Contract = Permits.Audit.V1;

namespace Verification.Server.AuditReading;

/// <summary>A search of the audit log, read and found well formed.</summary>
/// <param name="Query">What is looked for.</param>
/// <param name="Text">The same in words: what the record of the search says, and what page tokens are bound to.</param>
internal sealed record Search(AuditQuery Query, string Text)
{
    private const int MaxConsumer = 64;

    /// <summary>Reads a search for records. What is wrong with it is noted in <paramref name="fields"/>; it is then not to be used.</summary>
    public static Search Read(Contract.RecordQuery? request, FieldReader fields)
    {
        var asked = request ?? new Contract.RecordQuery();
        var query = new AuditQuery
        {
            CheckId = asked.CheckId.Length > 0 ? fields.CheckId("query.check_id", asked.CheckId) : null,
            Permit = asked.PermitNumber.Length > 0 ? fields.PermitNumber("query.permit_number", asked.PermitNumber) : null,
            Consumer = asked.Consumer.Length > 0 ? fields.KeptId("query.consumer", asked.Consumer, MaxConsumer) : null,
            Reference = asked.Reference.Length > 0 ? fields.KeptId("query.reference", asked.Reference, CheckReader.MaxReference) : null,
        };
        var needsInterval = query is { CheckId: null, Permit: null };
        return Of(ReadInterval(query, "query.", asked.From, asked.To, needsInterval, fields));
    }

    /// <summary>Reads a search for all that is recorded of a permit, as <see cref="Read"/>.</summary>
    public static Search ReadDisclosures(Contract.ListDisclosuresRequest request, FieldReader fields)
    {
        var query = new AuditQuery { Permit = fields.PermitNumber("permit_number", request.PermitNumber) };
        return Of(ReadInterval(query, string.Empty, request.From, request.To, needsInterval: false, fields));
    }

    private static Search Of(AuditQuery query) => new(query, TextOf(query));

    private static AuditQuery ReadInterval(
        AuditQuery query, string prefix, Timestamp? from, Timestamp? to, bool needsInterval, FieldReader fields)
    {
        if (needsInterval)
        {
            Demand(from, $"{prefix}from", fields);
            Demand(to, $"{prefix}to", fields);
        }

        var interval = query with { From = fields.Instant($"{prefix}from", from), Until = fields.Instant($"{prefix}to", to) };
        if (interval.Until <= interval.From)
        {
            fields.Refuse($"{prefix}to", FieldFault.EmptyInterval());
        }

        return interval;
    }

    private static void Demand(Timestamp? instant, string field, FieldReader fields)
    {
        if (instant is null)
        {
            fields.Refuse(field, FieldFault.IntervalRequired());
        }
    }

    private static string TextOf(AuditQuery query)
    {
        var text = new StringBuilder();
        Add("check_id", query.CheckId?.ToString());
        Add("permit", query.Permit?.ToString());
        Add("consumer", query.Consumer);
        Add("reference", query.Reference);
        Add("from", TextOf(query.From));
        Add("to", TextOf(query.Until));
        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(text.Length > 0 ? " " : string.Empty).Append(name).Append('=').Append(value);
            }
        }
    }

    private static string? TextOf(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
