using Spectre.Console;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Verification.Cli.Output;

/// <summary>How the service is, for a person.</summary>
internal static class HealthView
{
    public static void Write(IAnsiConsole console, Uri address, IEnumerable<(string Name, Status Status)> services)
    {
        var facts = Layout.Facts();
        facts.Fact(Say("Address", "地址"), address.ToString());
        foreach (var (name, status) in services)
            facts.AddRow(Layout.Dim(InWords(name)), Layout.Coloured(InWords(status), status == Status.Serving ? Color.Green : Color.Red));
        console.Write(facts);
    }

    /// <summary>A status as health checks write it, as in <c>NOT_SERVING</c>.</summary>
    public static string NameOf(Status status) => status switch
    {
        Status.Serving => "SERVING",
        Status.NotServing => "NOT_SERVING",
        Status.ServiceUnknown => "SERVICE_UNKNOWN",
        _ => "UNKNOWN",
    };

    private static string InWords(string name) => name switch
    {
        "verification" => Say("Checks", "查询"),
        "registry" => Say("Recording", "登记"),
        _ => Say("Service", "服务"),
    };

    private static string InWords(Status status) => status switch
    {
        Status.Serving => Say("serving", "正常"),
        Status.NotServing => Say("not serving", "不可用"),
        Status.ServiceUnknown => Say("not known there", "对方没有此服务"),
        _ => Say("cannot be told", "无法确定"),
    };
}
