using System.Globalization;
using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Connecting;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>Who the user is to the service, for a person.</summary>
internal static class CallerView
{
    public static void Write(IAnsiConsole console, GetCallerResponse caller, Connection connection)
    {
        console.Write(Facts(caller, connection));
        if (caller.Limits is not { } limits)
            return;
        console.WriteLine();
        console.Write(Budgets(limits));
        console.WriteLine();
        console.WriteNote(Say("Limits are of each node; what is left, of the one that answered.", "限额按节点计算；剩余量为应答节点的剩余量。"));
    }

    private static Grid Facts(GetCallerResponse caller, Connection connection)
    {
        var facts = Layout.Facts();
        facts.AddRow(Layout.Dim(Say("Consumer", "调用方")), Layout.Bold(caller.Consumer));
        facts.Fact(Say("Class", "类别"), Terms.Word(caller.ConsumerClass));
        facts.Fact(Say("Service", "服务"), connection.Address.ToString());
        if (connection.Context.Length > 0)
            facts.Fact(Say("Context", "连接配置"), connection.Context);
        facts.Fact(Say("May", "可以"), caller.Roles.Count == 0
            ? Say("read rulebooks alone", "只能读取规则")
            : string.Join(Say(", ", "、"), caller.Roles.Select(Terms.Word)));
        foreach (var (index, entitlement) in caller.Entitlements.Index())
            facts.Fact(index == 0 ? Say("Sees", "可查待遇") : "", Terms.Of(entitlement).Name);
        if (caller.MustIdentify)
            facts.Fact(Say("Must bring", "必须提供"), Say("an identity number with every check", "每次查询都须提供身份证件号码"));
        if (caller.CredentialExpiresAt is { } end)
            facts.Fact(Say("Credential", "凭据"), Say($"until {end.ToText()}", $"有效至 {end.ToText()}"));
        return facts;
    }

    private static Grid Budgets(CallerLimits limits)
    {
        var table = new Grid(
            new(Say("Limit", "限额")), new(Say("Left", "剩余"), IsNumber: true), new(Say("Of", "上限"), IsNumber: true), new(Say("A minute", "每分钟增加"), IsNumber: true));
        Add(Say("Checks", "查询"), limits.Checks);
        Add(Say("Unknown numbers", "未知号码"), limits.UnknownNumbers);
        if (limits.BatchesAllowed)
        {
            Add(Say("Unknown numbers in batches", "批量中的未知号码"), limits.BatchUnknownNumbers);
            table.AddRow(Layout.Plain(Say("Streams", "流")), Number(limits.StreamsLeft), Number(limits.ConcurrentStreams), Layout.Plain(""));
        }
        table.AddRow(Layout.Plain(Say("Wrong guesses for one permit in 24 hours", "同一证件 24 小时内核对错误次数")), Layout.Plain(""), Number(limits.WrongGuessesPerDay), Layout.Plain(""));
        return table;

        void Add(string name, CallerBudget? budget)
        {
            if (budget is not null)
                table.AddRow(Layout.Plain(name), Number(budget.Left), Number(budget.Capacity), Number(budget.AddedPerMinute));
        }
    }

    private static Cell Number(long number) => Layout.Plain(number.ToString("N0", CultureInfo.InvariantCulture));
}
