namespace Verification.Cli.Import;

/// <summary>Shows how far an import is.</summary>
internal interface IImportProgress
{
    /// <summary>Runs the import, which reports after every message.</summary>
    Task ShowAsync(Func<Action<ImportTotals>, Task> import);
}
