using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Verification.Server.Json.Description;

/// <summary>The JSON schemas of the contract's messages, by Protocol Buffers' rules for JSON.</summary>
internal sealed class ApiSchemas
{
    private const string Path = "#/components/schemas/";

    private readonly Dictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _requests = new(StringComparer.Ordinal);

    /// <summary>All that were referred to, by their names.</summary>
    public JsonObject All => new(_schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal).Select(
        schema => KeyValuePair.Create<string, JsonNode?>(schema.Key, schema.Value)));

    /// <summary>Notes that a message is sent, with all that is in it: it must have what is required, and nothing else than there is.</summary>
    public void AddRequest(MessageDescriptor type)
    {
        if (_requests.Add(type.FullName))
        {
            foreach (var field in type.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message))
            {
                AddRequest(field.MessageType);
            }
        }
    }

    /// <summary>Adds a schema of another origin.</summary>
    public void Add(string name, JsonObject schema) => _schemas.Add(name, schema);

    /// <summary>A reference to a message's schema. Requests are noted before.</summary>
    public JsonObject Of(MessageDescriptor type)
    {
        if (TextOf(type.FullName) is { } text)
        {
            return text;
        }

        if (IsNew(type))
        {
            // Before its fields, as these may lead back to it.
            var schema = _schemas[type.Name] = new JsonObject { ["type"] = "object", ["description"] = type.Comment() };
            FillIn(schema, type);
        }

        return Reference(type.Name);
    }

    /// <summary>A reference to a schema.</summary>
    public static JsonObject Reference(string name) => new() { ["$ref"] = Path + name };

    /// <summary>The schema of a field that stands in a path.</summary>
    public JsonObject Of(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => new() { ["type"] = "string" },
        FieldType.Bool => new() { ["type"] = "boolean" },
        FieldType.Int32 => new() { ["type"] = "integer", ["format"] = "int32" },
        FieldType.Int64 => new() { ["type"] = "string", ["format"] = "int64", ["pattern"] = "^-?[0-9]{1,19}$" },
        FieldType.Enum => Of(field.EnumType),
        FieldType.Message => Of(field.MessageType),
        _ => throw new NotSupportedException($"The contract has no JSON form for {field.FullName}."),
    };

    private static JsonObject? TextOf(string type) =>
        type == Timestamp.Descriptor.FullName ? new() { ["type"] = "string", ["format"] = "date-time" }
        : type == Duration.Descriptor.FullName ? new() { ["type"] = "string", ["pattern"] = @"^[0-9]{1,11}(\.[0-9]{1,9})?s$" }
        : type == Any.Descriptor.FullName ? new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["@type"] = new JsonObject { ["type"] = "string" } },
            ["required"] = new JsonArray("@type"),
        }
        : null;

    /// <summary>Schemas bear the names of types without their packages, so that no two may share one.</summary>
    private bool IsNew(DescriptorBase type)
    {
        if (_names.TryAdd(type.Name, type.FullName))
        {
            return true;
        }

        return _names[type.Name] == type.FullName
            ? false
            : throw new InvalidOperationException($"Both {_names[type.Name]} and {type.FullName} would be {type.Name}.");
    }

    private JsonObject Of(EnumDescriptor type)
    {
        if (IsNew(type))
        {
            var values = type.Values.Select(value => $"- `{value.Name}`: {value.Comment()}");
            _schemas[type.Name] = new JsonObject
            {
                ["type"] = "string",
                ["description"] = $"{type.Comment()}\n\n{string.Join('\n', values)}",
                ["enum"] = new JsonArray([.. type.Values.Select(value => (JsonNode)value.Name)]),
            };
        }

        return Reference(type.Name);
    }

    private void FillIn(JsonObject schema, MessageDescriptor type)
    {
        var isRequest = _requests.Contains(type.FullName);
        var fields = type.Fields.InDeclarationOrder();
        schema["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create<string, JsonNode?>(field.JsonName, Described(field))));
        var required = fields.Where(field => isRequest ? field.IsRequired() : !field.HasPresence).Select(field => (JsonNode)field.JsonName).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        if (isRequest)
        {
            schema["additionalProperties"] = false;
        }

        // There is no message with several of them; and where one is sent it must be set.
        if (type.Oneofs.SingleOrDefault(oneof => !oneof.IsSynthetic) is { } only)
        {
            schema["oneOf"] = new JsonArray([.. only.Fields.Select(field => new JsonObject { ["required"] = new JsonArray(field.JsonName) })]);
        }
    }

    private JsonObject Described(FieldDescriptor field)
    {
        var value = Of(field);
        var schema = field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = value } : value;
        schema["description"] = field.Comment();
        return schema;
    }
}
