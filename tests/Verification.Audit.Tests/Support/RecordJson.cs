using System.Globalization;
using System.Text.Json.Nodes;
using Verification.Audit.Records;

namespace Verification.Audit.Tests.Support;

/// <summary>A record as JSON, every field of it: to compare two, also with what another language reads.</summary>
internal static class RecordJson
{
    public static string TextOf(AuditRecord record) => Of(record).ToJsonString();

    public static JsonObject Of(AuditRecord record)
    {
        var json = new JsonObject
        {
            ["check_id"] = record.CheckId.ToString(),
            ["instant"] = Microseconds(record.Instant),
            ["call"] = (int)record.Call,
            ["entitlements"] = new JsonArray([.. record.Entitlements.Select(it => JsonValue.Create((int)it))]),
            ["decisions"] = new JsonArray(
                [.. record.Decisions.Select(it => new JsonArray((int)it.Entitlement, (int)it.Decision, (int)it.Basis))]),
        };
        Put("consumer", record.Consumer is { } consumer ? new JsonArray(consumer.Name, (int)consumer.Class) : null);
        Put("number", record.Number?.ToString());
        Put("as_of", record.AsOf?.ToString("O", CultureInfo.InvariantCulture));
        Put("through", record.Through?.ToString("O", CultureInfo.InvariantCulture));
        Put("known_at", record.KnownAt);
        Put("role", (int?)record.Role);
        Put("card_edition", record.CardEdition);
        Put("identity", record.Identity is { } identity
            ? new JsonArray((int)identity.Document, identity.Digest.ToString("x32", null))
            : null);
        if (record.Answer is { } answer)
        {
            json["status"] = (int)answer.Standing.Status;
            json["reasons"] = (int)answer.Standing.Reasons;
            json["subject_match"] = (int)answer.SubjectMatch;
            json["card_match"] = (int)answer.CardMatch;
            Put("first_not_valid", answer.FirstNotValid is { } first ? new JsonArray(first.On.ToString("O", CultureInfo.InvariantCulture), (int)first.Status) : null);
        }

        Put("provenance", record.Provenance is { } provenance
            ? new JsonArray(provenance.Revision, Microseconds(provenance.DataAsOf), provenance.RulebookVersion)
            : null);
        Put("refusal", record.Refusal is { } refusal ? new JsonArray(refusal.Reason, refusal.Count) : null);
        Put("reference", record.Reference.IsEmpty ? null : record.Reference.ToString());
        Put("note", record.Note.IsEmpty ? null : record.Note.ToString());
        return json;

        void Put(string name, JsonNode? value)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }
    }

    private static long Microseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;
}
