using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Verification.Cli.Shell;

namespace Verification.Cli.Connecting;

/// <summary>
/// Where contexts are kept: a file in the user's configuration folder. Both are the user's alone (600, 700), and a file that others may
/// read is not used: its keys are not secret any more.
/// </summary>
/// <param name="folder">The folder; empty where the user has none.</param>
internal sealed class ContextFile(string folder)
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string FilePath => Path.Combine(folder, "contexts.json");

    /// <summary>All contexts; none where there is no file.</summary>
    /// <exception cref="UsageException">The file is damaged, or others may read it.</exception>
    public Contexts Read()
    {
        if (folder.Length == 0 || !File.Exists(FilePath))
            return Contexts.None;
        ThrowIfShared();
        try
        {
            using var stream = File.OpenRead(FilePath);
            return JsonSerializer.Deserialize<Contexts>(stream, Form) is { All: not null } contexts ? contexts : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new UsageException(Say($"{FilePath} is not what permitctl writes", $"{FilePath} 不是 permitctl 写的文件"));
        }
    }

    /// <summary>Keeps them, whole or not at all.</summary>
    /// <exception cref="UsageException">The user has no folder for it.</exception>
    public void Write(Contexts contexts)
    {
        if (folder.Length == 0)
            throw new UsageException(Say("there is no configuration folder: neither HOME nor XDG_CONFIG_HOME is set", "没有配置目录：HOME 和 XDG_CONFIG_HOME 均未设置"));
        MakeFolder();
        var draft = Path.Combine(folder, $"contexts.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(draft, DraftOptions()))
                JsonSerializer.Serialize(stream, contexts, Form);
            File.Move(draft, FilePath, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static FileStreamOptions DraftOptions()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode600;
        return options;
    }

    // On Windows the folder is under the user's own, which others cannot read.
    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else if (Directory.Exists(folder))
            File.SetUnixFileMode(folder, FolderMode);
        else
            Directory.CreateDirectory(folder, FolderMode);
    }

    private void ThrowIfShared()
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(FilePath) & ~FileMode600) != 0)
        {
            throw new UsageException(Say(
                $"{FilePath} is open to others, and so are its keys: make new ones, and 'chmod 600' it",
                $"{FilePath} 可被他人访问，其中的密钥可能已经泄露：请更换密钥，并执行 chmod 600"));
        }
    }
}
