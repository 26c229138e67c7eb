using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Type;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>
/// Writes the dates of an answer as a program expects them, as in <c>"2026-05-01"</c>: JSON of Protocol Buffers has three numbers for each.
/// </summary>
internal static class IsoDates
{
    /// <summary>Puts texts into the place of an answer's dates.</summary>
    /// <param name="json">The answer as JSON, with the field names of the contract.</param>
    /// <param name="answer">The answer.</param>
    public static JsonObject In(JsonObject json, IMessage answer)
    {
        foreach (var field in answer.Descriptor.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message))
        {
            if (!json.TryGetPropertyValue(field.Name, out var node) || node is null)
                continue;
            var value = field.Accessor.GetValue(answer);
            if (value is System.Collections.IList list)
            {
                foreach (var (item, message) in ((JsonArray)node).ToArray().Zip(list.Cast<IMessage>()))
                    Replace(item!, message);
            }
            else if (value is IMessage message)
            {
                Replace(node, message);
            }
        }
        return json;
    }

    private static void Replace(JsonNode node, IMessage value)
    {
        if (value is Date date)
            node.ReplaceWith(date.ToText());
        else if (node is JsonObject inner)
            In(inner, value);
    }
}
