namespace Verification.Cli.Output;

/// <summary>A code in words.</summary>
/// <param name="Code">The code of the contract.</param>
/// <param name="Chinese">The term that the authorities use; empty where they have none.</param>
/// <param name="Meaning">What it means, in English; empty where the code says it.</param>
internal readonly record struct Term(string Code, string Chinese = "", string Meaning = "")
{
    /// <summary>As in <c>FROZEN 冻结</c>.</summary>
    public string Name => Chinese.Length == 0 ? Code : $"{Code} {Chinese}";

    /// <summary>The name and, where there is more to say, what it means.</summary>
    public string Full => Meaning.Length == 0 ? Name : $"{Name}: {Meaning}";
}
