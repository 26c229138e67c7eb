using System.Globalization;
using System.Reflection;
using Grpc.Health.V1;
using Permits.Operations.V1;
using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Connecting;

namespace Verification.Cli.Output;

/// <summary>What <c>permitctl doctor</c> found, for a person.</summary>
internal static class DoctorView
{
    /// <summary>The version of this program.</summary>
    public static string Version { get; } =
        typeof(DoctorView).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>What names the user to the service: never what it is.</summary>
    public static string CredentialOf(Connection connection) =>
        connection.ApiKey is not null ? "api_key"
        : connection.TokenFile is not null ? "token"
        : connection.CertificateFile is not null ? "certificate"
        : "none";

    public static void Write(
        IAnsiConsole console, Connection connection, HealthCheckResponse? health, GetCallerResponse? caller, GetNodeStatusResponse? node, string[] problems)
    {
        var facts = Layout.Facts();
        facts.Fact("permitctl", Version);
        facts.Fact(Say("Address", "地址"), connection.Address.ToString());
        facts.Fact(Say("Credential", "凭据"), CredentialOf(connection));
        if (health is not null)
            facts.Fact(Say("Service", "服务"), HealthView.NameOf(health.Status));
        if (caller is not null)
            facts.Fact(Say("You are", "您的身份"), $"{caller.Consumer} ({string.Join(", ", caller.Roles.Select(Terms.Word))})");
        if (node is not null)
            AddNode(facts, node);
        console.Write(facts);
        console.WriteLine();
        var found = new Grid(new Column("", Breaks: true));
        foreach (var problem in problems)
            found.AddRow(Layout.Coloured(problem, Color.Red));
        if (problems.Length == 0)
            found.AddRow(Layout.Coloured(Say("All is well.", "一切正常。"), Color.Green));
        console.Write(found);
    }

    private static void AddNode(Grid facts, GetNodeStatusResponse node)
    {
        var registry = node.Registry;
        facts.Fact(Say("Node", "节点"), Say($"{node.Host}, version {node.Version}, since {node.StartedAt}", $"{node.Host}，版本 {node.Version}，启动于 {node.StartedAt}").Replace("\"", "", StringComparison.Ordinal));
        facts.Fact(Say("Registry", "登记系统"), $"{registry.Store}, {registry.RegistryId}");
        facts.Fact(Say("Revision", "修订号"), Number(registry.Revision));
        if (registry.Staleness is not null)
            facts.Fact(Say("Heard of", "最近得知"), Say($"{Seconds(registry.Staleness)} s ago", $"{Seconds(registry.Staleness)} 秒前"));
        facts.Fact(Say("Clock off", "时钟偏差"), $"{Seconds(registry.ClockSkew)} s");
        facts.Fact(Say("In memory", "内存中"), Say($"{Number(node.Memory.Permits)} permits, {Number(node.Memory.Absences)} unknown numbers", $"{Number(node.Memory.Permits)} 个证件，{Number(node.Memory.Absences)} 个未知号码"));
        facts.Fact("Redis", node.Redis is not { } redis ? Say("none", "无") : redis is { Connected: true, LeftAlone: false } ? Say("connected", "已连接") : Say("away", "不可用"));
        facts.Fact(Say("Audit", "审计"), Say($"{Number(node.Audit.UnflushedBytes)} bytes wait for the disk, {Number(node.Audit.BehindBytes)} for the database", $"{Number(node.Audit.UnflushedBytes)} 字节待写盘，{Number(node.Audit.BehindBytes)} 字节待写入数据库"));
        facts.Fact(Say("At work on", "处理中"), $"{Number(node.Load.ChecksInFlight)} / {Number(node.Load.ChecksInFlightLimit)}");
        facts.Fact(Say("Rulebook", "规则版本"), node.RulebookVersion);
        facts.Fact(Say("Consumers", "调用方"), Number(node.Consumers));
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(Google.Protobuf.WellKnownTypes.Duration duration) =>
        duration.ToTimeSpan().TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
