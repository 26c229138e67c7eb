namespace Verification.Server.Hosting.Demo;

/// <summary>What happens to one made-up permit.</summary>
/// <param name="Prefix">What its number begins with.</param>
/// <param name="Tell">Tells it, as of a date up to a week before today.</param>
internal sealed record DemoStory(string Prefix, Action<DemoPermit, DateOnly> Tell);
