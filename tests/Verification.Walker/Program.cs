using System.Globalization;

namespace Verification.Walker;

/// <summary>
/// <c>walker address key</c>: walks as each line of standard input says, <c>kind first numbers rate</c>, and answers with a line
/// <c>answered refused</c>. The process lives on between the lines, so that its start does not disturb what is measured.
/// </summary>
internal static class Program
{
    /// <summary>Walks until standard input ends.</summary>
    public static async Task Main(string[] args)
    {
        using var walk = new Walk(new Uri(args[0]), args[1]);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var (answered, refused) = await walk.GoAsync(
                words[0],
                int.Parse(words[1], CultureInfo.InvariantCulture),
                int.Parse(words[2], CultureInfo.InvariantCulture),
                int.Parse(words[3], CultureInfo.InvariantCulture));
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{answered} {refused}"));
        }
    }
}
