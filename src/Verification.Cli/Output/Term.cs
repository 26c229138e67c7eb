namespace Verification.Cli.Output;

/// <summary>A code in words, in the language of the command.</summary>
/// <param name="Code">The code of the contract: what scripts, documents and other programs call it.</param>
/// <param name="Beside">
/// What stands beside the code: for who reads English the term that the authorities use, if they have one; for who reads Chinese the Chinese
/// name, whose it may be.
/// </param>
/// <param name="Meaning">What it means; empty where the name says it.</param>
internal readonly record struct Term(string Code, string Beside = "", string Meaning = "")
{
    /// <summary>As in <c>FROZEN 冻结</c>; in Chinese <c>冻结 FROZEN</c>.</summary>
    public string Name => Beside.Length == 0 ? Code : Say($"{Code} {Beside}", $"{Beside} {Code}");

    /// <summary>In few words: in English the code, in Chinese the Chinese name.</summary>
    public string Short => Beside.Length == 0 ? Code : Say(Code, Beside);

    /// <summary>The name and, where there is more to say, what it means.</summary>
    public string Full => Meaning.Length == 0 ? Name : Name + Say(": ", "：") + Meaning;
}
