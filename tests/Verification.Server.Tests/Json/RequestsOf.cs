using System.Text.Json.Nodes;
using CsCheck;

namespace Verification.Server.Tests.Json;

/// <summary>Makes requests from the schemas of an OpenAPI document.</summary>
internal sealed class RequestsOf(JsonObject document)
{
    public const string Number = "BJ2024000017";

    // Some mean something, so that not every request ends at its first field.
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Const(Number), Gen.Const("BJ2024000018"), Gen.Const("110105199003072338"), Gen.Const(string.Empty), Gen.Const("2026.1"), Gen.String[0, 70]);

    // With a zone beside it none is before the first year that there is, nor after the last.
    private static readonly Gen<DateTime> Instants = Gen.DateTime[new DateTime(2, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(9998, 1, 1, 0, 0, 0, DateTimeKind.Utc)];

    private static readonly Gen<string> Fractions = Gen.OneOf(
        Gen.Const(string.Empty), Gen.Select(Gen.Int[0, 999_999_999], Gen.Int[1, 9]).Select((nanos, digits) => $".{nanos:D9}"[..(digits + 1)]));

    private static readonly Gen<string> Zones = Gen.OneOf(Gen.Const("Z"), Gen.Const("+08:00"), Gen.Const("-03:30"));

    /// <summary>Requests that fit a schema.</summary>
    public Gen<string> Good(JsonNode schema) => Value(schema, depth: 0).Select(value => value?.ToJsonString() ?? "null");

    /// <summary>Requests that fit a schema but in one place.</summary>
    public Gen<string> Bad(JsonNode schema) => Gen.Select(Value(schema, depth: 0), Gen.Int[0, 1_000], Gen.Int[0, 5]).Select((value, place, fault) =>
    {
        var spoilt = value!.AsObject();
        var objects = Objects(spoilt).ToArray();
        var (target, targetSchema) = (objects[place % objects.Length], fault);
        switch (targetSchema)
        {
            case 0:
                target["asOff"] = 1;
                break;
            case 1:
                target["constructor"] = new JsonObject { ["prototype"] = null };
                break;
            case 2 when target.Count > 0:
                // No field of the contract has arrays of arrays.
                target[target.ElementAt(place % target.Count).Key] = new JsonArray(new JsonArray());
                break;
            case 3 when target.Count > 0:
                target[target.ElementAt(place % target.Count).Key + "_"] = null;
                break;
            case 4:
                return spoilt.ToJsonString()[..^1];
            default:
                return $"[{spoilt.ToJsonString()}]";
        }

        return spoilt.ToJsonString();
    });

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject found => found.Select(member => member.Value).SelectMany(Objects).Prepend(found),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };

    private Gen<JsonNode?> Value(JsonNode schema, int depth)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            return Value(document["components"]!["schemas"]![reference.Split('/')[^1]]!, depth);
        }

        if (schema["enum"] is JsonArray names)
        {
            return Gen.Int[0, names.Count - 1].Select(index => (JsonNode?)names[index]!.GetValue<string>());
        }

        return schema["type"]!.GetValue<string>() switch
        {
            "object" => Object(schema, depth),
            "array" => Value(schema["items"]!, depth + 1).Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items])),
            "integer" => Gen.OneOf(Gen.Int[-1, 40], Gen.Int[1990, 2040], Gen.Int).Select(number => (JsonNode?)number),
            "boolean" => Gen.Bool.Select(value => (JsonNode?)value),
            "string" when schema["format"]?.GetValue<string>() == "int64" => Gen.OneOf(Gen.Long[-1, 3], Gen.Long).Select(number => (JsonNode?)$"{number}"),
            "string" when schema["format"]?.GetValue<string>() == "date-time" =>
                Gen.Select(Instants, Fractions, Zones).Select((instant, fraction, zone) => (JsonNode?)$"{instant:yyyy-MM-dd'T'HH:mm:ss}{fraction}{zone}"),
            "string" when schema["pattern"] is not null => Gen.Select(Gen.Int[0, 4_000], Fractions).Select((seconds, fraction) => (JsonNode?)$"{seconds}{fraction}s"),
            "string" => Texts.Select(text => (JsonNode?)text),
            var type => throw new NotSupportedException(type),
        };
    }

    private Gen<JsonNode?> Object(JsonNode schema, int depth)
    {
        var properties = schema["properties"]?.AsObject() ?? [];
        var required = schema["required"]?.AsArray().Select(name => name!.GetValue<string>()).ToHashSet() ?? [];
        var choices = schema["oneOf"]?.AsArray().Select(choice => choice!["required"]![0]!.GetValue<string>()).ToArray() ?? [];
        var fields = properties.Where(property => !choices.Contains(property.Key)).Select(property =>
            Gen.Select(Value(property.Value!, depth + 1), Gen.Bool).Select((value, isThere) => (property.Key, Value: value, IsThere: isThere || required.Contains(property.Key))));
        var chosen = choices.Length == 0
            ? []
            : new[]
            {
                Gen.OneOf(choices.Select(choice => Value(properties[choice]!, depth + 1).Select(value => (Key: choice, Value: value, IsThere: true))).ToArray()),
            };
        return fields.Concat(chosen).Aggregate(
            Gen.Const(0).Select(_ => (JsonNode?)new JsonObject()),
            (made, field) => Gen.Select(made, field).Select((node, next) =>
            {
                if (next.IsThere)
                {
                    node!.AsObject()[next.Key] = next.Value;
                }

                return node;
            }));
    }
}
