using Verification.Core.Permits;

namespace Verification.Server.Hosting.Demo;

/// <summary>What happens to one made-up permit.</summary>
/// <param name="Prefix">What its number begins with.</param>
/// <param name="Tell">Tells it, as of a date up to a week before today.</param>
internal sealed record DemoStory(string Prefix, Action<DemoPermit, DateOnly> Tell)
{
    /// <summary>What the unified social credit codes 统一社会信用代码 of Beijing's companies begin with.</summary>
    public const string Employer = "91110000";

    /// <summary>The number of the permit at a place in the file. The letter D keeps it apart from real-looking ones; a credit code has one too.</summary>
    public string NumberOf(int index)
    {
        if (Prefix != Employer)
        {
            return $"{Prefix}2024D{index:D5}";
        }

        var code = $"{Prefix}DEM{index:D6}";
        return code + SocialCreditCode.CheckCharacterOf(code);
    }
}
