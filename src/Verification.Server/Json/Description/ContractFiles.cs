using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Verification.Server.Json.Description;

/// <summary>The contract as it stands in its files, comments and annotations included.</summary>
internal static class ContractFiles
{
    private const string Resource = "contract.binpb";

    /// <summary>Reads the calls of the contract, service by service, that can be asked by HTTP.</summary>
    public static IReadOnlyList<(MethodDescriptor Method, HttpRule Rule)> ReadCalls()
    {
        using var stream = typeof(ContractFiles).Assembly.GetManifestResourceStream(Resource)!;
        var files = FileDescriptor.BuildFromByteStrings(
            FileDescriptorSet.Parser.ParseFrom(stream).File.Select(file => file.ToByteString()),
            [AnnotationsExtensions.Http, FieldBehaviorExtensions.FieldBehavior]);
        return [.. from file in files
                   from service in file.Services
                   from method in service.Methods
                   let rule = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http)
                   where rule is not null
                   from binding in (HttpRule[])[rule, .. rule.AdditionalBindings]
                   select (method, binding)];
    }

    /// <summary>Whether a request must have a field.</summary>
    public static bool IsRequired(this FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.Required) == true;

    /// <summary>What the contract says of something, in paragraphs.</summary>
    public static string Comment(this IDescriptor descriptor) => string.Join(
        "\n\n",
        ((descriptor as DescriptorBase)?.Declaration?.LeadingComments ?? string.Empty)
            .Split('\n', StringSplitOptions.TrimEntries)
            .Aggregate(new List<string> { string.Empty }, AddLine)
            .Where(paragraph => paragraph.Length > 0));

    private static List<string> AddLine(List<string> paragraphs, string line)
    {
        if (line.Length == 0)
        {
            paragraphs.Add(string.Empty);
        }
        else
        {
            paragraphs[^1] = paragraphs[^1].Length == 0 ? line : $"{paragraphs[^1]} {line}";
        }

        return paragraphs;
    }
}
