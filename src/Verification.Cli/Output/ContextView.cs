using Spectre.Console;
using Verification.Cli.Connecting;

namespace Verification.Cli.Output;

/// <summary>The contexts for a person. Never a key.</summary>
internal static class ContextView
{
    public static void Write(IAnsiConsole console, Contexts contexts)
    {
        if (contexts.All.Count == 0)
        {
            console.WriteNote(Say("There is no context; 'permitctl context set NAME --address URL' makes one.", "还没有连接配置；可用 permitctl context set NAME --address URL 新建。"));
            return;
        }
        var table = new Grid(new(""), new(Say("Name", "名称")), new(Say("Address", "地址"), Breaks: true), new(Say("Credential", "凭据")));
        foreach (var (name, context) in contexts.All)
        {
            table.AddRow(
                Layout.Plain(name == contexts.Current ? "*" : ""), Layout.Bold(name), Layout.Plain(context.Address), Layout.Plain(InWords(context.Credential)));
        }
        console.Write(table);
    }

    private static string InWords(string credential) => credential switch
    {
        "api key" => Say("API key", "API 密钥"),
        "token file" => Say("token file", "令牌文件"),
        "certificate" => Say("certificate", "证书"),
        _ => Say("none", "无"),
    };
}
