namespace Verification.Client;

/// <summary>The form of an API key or a token: what a header carries.</summary>
internal static class CredentialText
{
    public const string Rule = "An API key or token must be 1 to 4,096 visible ASCII characters.";

    private const int MaxLength = 4096;

    public static bool IsOne(string text) => text.Length is > 0 and <= MaxLength && text.All(character => character is > ' ' and <= '~');

    /// <summary>Reads a file that holds one.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">It holds something else. The message does not say what.</exception>
    public static string ReadFile(string path)
    {
        using var file = File.OpenRead(path);
        // A byte more than the longest, with room for the line's end: a wrong file is not read whole.
        var bytes = new byte[MaxLength + 4];
        var text = System.Text.Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).Trim();
        return IsOne(text) ? text : throw new FormatException($"The file {path} holds something else. {Rule}");
    }
}
