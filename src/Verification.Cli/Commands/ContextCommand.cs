using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Verification.Cli.Connecting;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl context</c>: names for where services are, each with what names the user to it.</summary>
internal sealed partial class ContextCommand
{
    private const string FromInput = "-";

    private readonly Argument<string> _name = new("NAME")
    {
        Description = Say("The context's name: letters, digits, hyphens, underscores and dots.", "连接配置的名称：字母、数字、连字符、下划线和点。"),
    };
    private readonly ConnectionOptions _connection = new(isRecursive: false);

    private ContextCommand()
    {
    }

    public static Command Create(CommandRunner runner) => new("context", Say(
        "Keeps addresses and credentials under names, in a file that you alone may read.", "把地址和凭据存为有名称的连接配置，文件只有您本人可读。"))
    {
        Set(runner), Use(runner), Delete(runner), List(runner),
    };

    private static Command Set(CommandRunner runner)
    {
        var context = new ContextCommand();
        var set = new Command("set", Say(
            "Makes a context, or another of the same name. --api-key - reads the key from the standard input. The first context is in use at once.",
            "新建连接配置，或替换同名配置。--api-key - 从标准输入读取密钥。第一个配置立即成为当前配置。"))
        {
            context._name,
        };
        context._connection.AddTo(set);
        runner.Register(set, context.SetAsync);
        return set;
    }

    private static Command Use(CommandRunner runner)
    {
        var context = new ContextCommand();
        var use = new Command("use", Say("Uses a context where none is named.", "未指定名称时使用此连接配置。")) { context._name };
        runner.Register(use, (command, _) => Change(command, (file, contexts) =>
        {
            var name = context.Known(command, contexts);
            file.Write(contexts with { Current = name });
        }));
        return use;
    }

    private static Command Delete(CommandRunner runner)
    {
        var context = new ContextCommand();
        var delete = new Command("delete", Say("Forgets a context.", "删除连接配置。")) { context._name };
        runner.Register(delete, (command, _) => Change(command, (file, contexts) =>
        {
            var name = context.Known(command, contexts);
            contexts.All.Remove(name);
            file.Write(contexts.Current == name ? contexts with { Current = null } : contexts);
        }));
        return delete;
    }

    private static Command List(CommandRunner runner)
    {
        var list = new Command("list", Say("Lists the contexts. Never shows a key.", "列出连接配置，不显示密钥。"));
        runner.Register(list, (command, _) =>
        {
            var contexts = new ContextFile(command.Terminal.ConfigFolder).Read();
            if (command.Json)
                command.Terminal.Output.WriteLine(ToJson(contexts).ToJsonString());
            else
                ContextView.Write(command.Terminal.CreateOutputConsole(), contexts);
            return Task.FromResult(ExitCode.Answered);
        });
        return list;
    }

    private static Task<int> Change(CommandContext command, Action<ContextFile, Contexts> change)
    {
        var file = new ContextFile(command.Terminal.ConfigFolder);
        change(file, file.Read());
        return Task.FromResult(ExitCode.Answered);
    }

    private static JsonObject ToJson(Contexts contexts) => new()
    {
        ["current"] = contexts.Current,
        ["contexts"] = new JsonArray([.. contexts.All.Select(it => new JsonObject
        {
            ["name"] = it.Key,
            ["address"] = it.Value.Address,
            ["credential"] = it.Value.Credential,
        })]),
    };

    private async Task<int> SetAsync(CommandContext command, CancellationToken cancellationToken)
    {
        var name = command.Parse.Text(_name);
        if (!Name().IsMatch(name))
            throw new UsageException(Say("NAME must have 1 to 64 letters, digits, hyphens, underscores or dots", "NAME 须为 1 到 64 个字母、数字、连字符、下划线或点"));
        var typed = _connection.Typed(command.Parse);
        var key = typed.ApiKey == FromInput ? await ReadKeyAsync(command.Terminal, cancellationToken) : typed.ApiKey;
        var connection = new Connection
        {
            Address = ConnectionOptions.ToAddress(typed.Address ?? throw new UsageException(Say("a context needs --address", "连接配置需要 --address"))),
            ApiKey = key,
            TokenFile = Whole(typed.TokenFile),
            AuthorityFile = Whole(typed.AuthorityFile),
            CertificateFile = Whole(typed.CertificateFile),
            KeyFile = Whole(typed.KeyFile),
        };
        // What is wrong with it is told now, not at the first call.
        connection.ToOptions(deadline: null);
        var file = new ContextFile(command.Terminal.ConfigFolder);
        var contexts = file.Read();
        contexts.All[name] = new StoredContext
        {
            Address = connection.Address.ToString(),
            ApiKey = connection.ApiKey,
            TokenFile = connection.TokenFile,
            AuthorityFile = connection.AuthorityFile,
            CertificateFile = connection.CertificateFile,
            KeyFile = connection.KeyFile,
        };
        file.Write(contexts with { Current = contexts.Current ?? name });
        return ExitCode.Answered;
    }

    // A context is used from any folder.
    private static string? Whole(string? path) => path is null ? null : Path.GetFullPath(path);

    private static async Task<string> ReadKeyAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        if (terminal.InputIsTerminal)
            await terminal.Error.WriteAsync(Say("API key: ", "API 密钥："));
        using var reader = new StreamReader(terminal.Input, leaveOpen: true);
        var line = await reader.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken);
        return line?.Trim() is { Length: > 0 } key
            ? key
            : throw new UsageException(Say("--api-key - needs the key on the first line of the standard input", "--api-key - 需要在标准输入的第一行给出密钥"));
    }

    private string Known(CommandContext command, Contexts contexts) => command.Parse.Text(_name) is var name && contexts.All.ContainsKey(name)
        ? name
        : throw new UsageException(Say(
            "there is no context of this name; 'permitctl context list' shows those that there are", "没有这个名称的连接配置；permitctl context list 列出现有配置"));

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Name();
}
