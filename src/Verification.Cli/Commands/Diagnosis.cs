using Grpc.Core;
using Grpc.Health.V1;
using Permits.Operations.V1;
using Permits.Verification.V1;
using Verification.Cli.Connecting;
using Verification.Cli.Output;
using Verification.Client;

namespace Verification.Cli.Commands;

/// <summary>What <c>permitctl doctor</c> found, from this machine to the node that answered.</summary>
/// <param name="Connection">What is configured here.</param>
/// <param name="Health">What the service says of itself; null where it does not answer.</param>
/// <param name="Caller">Whom it takes the user for; null where it lets nobody in.</param>
/// <param name="Node">How the node is; null where the user has not the role operate.</param>
/// <param name="Faults">Why something was not told.</param>
internal sealed record Diagnosis(
    Connection Connection,
    HealthCheckResponse? Health,
    GetCallerResponse? Caller,
    GetNodeStatusResponse? Node,
    IReadOnlyList<VerificationFault> Faults)
{
    private static readonly TimeSpan CertificateWarning = TimeSpan.FromDays(14);

    /// <summary>Asks the service, one question after the other, as far as it answers.</summary>
    public static async Task<Diagnosis> MakeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var faults = new List<VerificationFault>();
        var client = context.Client;
        var health = await TryAsync(() => client.Health.CheckAsync(new HealthCheckRequest(), cancellationToken: cancellationToken).ResponseAsync);
        var caller = health is null
            ? null : await TryAsync(() => client.Verification.GetCallerAsync(new GetCallerRequest(), cancellationToken: cancellationToken).ResponseAsync);
        var mayOperate = caller?.Roles.Contains(ConsumerRole.Operate) ?? false;
        var node = !mayOperate
            ? null : await TryAsync(() => client.Operations.GetNodeStatusAsync(new GetNodeStatusRequest(), cancellationToken: cancellationToken).ResponseAsync);
        return new Diagnosis(context.Connection, health, caller, node, faults);

        async Task<T?> TryAsync<T>(Func<Task<T>> ask)
            where T : class
        {
            try
            {
                return await ask();
            }
            catch (RpcException error)
            {
                faults.Add(VerificationFault.From(error));
                return null;
            }
        }
    }

    /// <summary>What somebody should look at; nothing where all is well. docs/runbook.md has a section for each.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var fault in Faults)
            yield return FaultWords.Of(fault);
        if (Health is { Status: not HealthCheckResponse.Types.ServingStatus.Serving })
            yield return Say("the service answers no checks now", "服务目前不答复查询");
        foreach (var problem in Node is null ? [] : ProblemsOf(Node))
            yield return problem;
    }

    private static IEnumerable<string> ProblemsOf(GetNodeStatusResponse node)
    {
        foreach (var reason in node.Reasons)
            yield return Say($"the node is not ready: {reason}", $"节点未就绪：{reason}");
        if (node.Registry.Empty)
            yield return Say("nothing was ever recorded in the registry", "登记系统中从未登记任何事项");
        if (node.Registry.DamagedPermits > 0)
            yield return Say($"{node.Registry.DamagedPermits} permits lie in damaged parts of the registry", $"{node.Registry.DamagedPermits} 个证件位于登记系统的损坏部分");
        if (node.Registry.Failure.Length > 0)
            yield return Say($"the last poll of the registry failed: {node.Registry.Failure}", $"最近一次轮询登记系统失败：{node.Registry.Failure}");
        if (node.Redis is { Connected: false } or { LeftAlone: true })
            yield return Say("the node works without Redis", "节点目前不使用 Redis");
        if (node.Audit.Trouble.Length > 0)
            yield return Say($"the audit log takes no records: {node.Audit.Trouble}", $"审计日志不接受记录：{node.Audit.Trouble}");
        if (node.Audit.CopyFailure.Length > 0)
            yield return Say($"the audit database is behind: {node.Audit.CopyFailure}", $"审计数据库滞后：{node.Audit.CopyFailure}");
        foreach (var certificate in node.Certificates.Where(it => it.NotAfter.ToDateTimeOffset() - node.Now.ToDateTimeOffset() < CertificateWarning))
            yield return Say($"the certificate of {certificate.Endpoint} is over soon", $"{certificate.Endpoint} 的证书即将到期");
    }
}
