using System.Text.Encodings.Web;
using System.Text.Json;

namespace Verification.Server.Hosting.Demo;

/// <summary>A registry file of made-up permits: every kind and every status as of a date. The same for the same date.</summary>
internal static class DemoFile
{
    /// <summary>How many permits.</summary>
    public const int Permits = 400;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The numbers of its permits, which do not depend on the date.</summary>
    public static IEnumerable<string> Numbers => Enumerable.Range(0, Permits).Select(NumberOf);

    /// <summary>Writes the file.</summary>
    public static byte[] Write(DateOnly today)
    {
        using var file = new MemoryStream();
        for (var index = 0; index < Permits; index++)
        {
            var permit = new DemoPermit(NumberOf(index), index);
            StoryOf(index).Tell(permit, today.AddDays(-(index / DemoStories.All.Length % 8)));
            foreach (var line in permit.Lines)
            {
                JsonSerializer.Serialize(file, line, Readable);
                file.WriteByte((byte)'\n');
            }
        }

        return file.ToArray();
    }

    private static DemoStory StoryOf(int index) => DemoStories.All[index % DemoStories.All.Length];

    private static string NumberOf(int index) => StoryOf(index).NumberOf(index);
}
