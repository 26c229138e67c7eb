using Google.Protobuf;
using Google.Protobuf.Reflection;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>Answers without identity numbers: one typed for a permit's, or recorded in a text before such texts were refused.</summary>
internal static class Redacted
{
    /// <summary>A copy in which no text has one.</summary>
    public static IMessage Of(IMessage answer)
    {
        var copy = answer.Descriptor.Parser.ParseFrom(answer.ToByteString());
        Redact(copy);
        return copy;
    }

    private static void Redact(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            switch (field.Accessor.GetValue(message))
            {
                case string when EventText.Identities.Contains(field.Name):
                    field.Accessor.Clear(message);
                    break;
                case string text when text.Length > 0:
                    field.Accessor.SetValue(message, IdentityNumber.Hide(text));
                    break;
                case IMessage inner:
                    Redact(inner);
                    break;
                case IList<string> texts:
                    for (var i = 0; i < texts.Count; i++)
                        texts[i] = IdentityNumber.Hide(texts[i]);
                    break;
                case System.Collections.IList list when field.FieldType == FieldType.Message:
                    foreach (IMessage inner in list)
                        Redact(inner);
                    break;
            }
        }
    }
}
