namespace Verification.Cli.Import;

/// <summary>A temporary file for its owner alone, gone when it is closed: it holds identity numbers.</summary>
internal static class SpoolFile
{
    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"permitctl-{Guid.NewGuid():N}"), options);
        // Its name can go at once where the system allows it: then not even a killed process leaves it behind.
        if (!OperatingSystem.IsWindows())
            File.Delete(file.Name);
        return file;
    }
}
