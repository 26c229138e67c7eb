namespace Verification.Cli.Input;

/// <summary>Finds the word that was meant.</summary>
internal static class Suggestion
{
    private const int MostSlips = 2;

    /// <summary>The nearest of the known words; null where none is near.</summary>
    public static string? For(string word, IEnumerable<string> known) =>
        known.Select(candidate => (Word: candidate, Slips: Slips(word, candidate)))
            .Where(candidate => candidate.Slips <= Math.Min(MostSlips, candidate.Word.Length / 3))
            .OrderBy(candidate => candidate.Slips)
            .FirstOrDefault().Word;

    /// <summary>How many letters were left out, added, mistaken or swapped with their neighbour (optimal string alignment).</summary>
    private static int Slips(string a, string b)
    {
        var slips = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    slips[i, j] = i + j;
                    continue;
                }
                var changed = slips[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                slips[i, j] = Math.Min(changed, 1 + Math.Min(slips[i - 1, j], slips[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
            }
        }
        return slips[a.Length, b.Length];
    }
}
