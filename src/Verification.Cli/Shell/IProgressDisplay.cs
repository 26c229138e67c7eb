namespace Verification.Cli.Shell;

/// <summary>Shows how far a long piece of work is.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs the work, which reports how much is done, with some words, as it goes.</summary>
    Task ShowAsync(Func<Action<long, string>, Task> work);
}
