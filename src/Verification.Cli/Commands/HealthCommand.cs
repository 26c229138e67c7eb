using System.CommandLine;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Health.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl health</c>: does the service work?</summary>
internal static class HealthCommand
{
    // As the service names them; the empty name is its own.
    private static readonly (string Name, string Service)[] Services =
    [
        ("service", ""),
        ("verification", VerificationService.Descriptor.FullName),
        ("registry", RegistryService.Descriptor.FullName),
    ];

    public static Command Create(CommandRunner runner)
    {
        var command = new Command("health", Say(
            "Says whether the service works. Exit code 0 where it does, 3 where it does not or does not answer. Needs no credential.",
            "查看服务是否正常。正常时退出码为 0；不正常或没有应答时为 3。不需要凭据。"));
        runner.Register(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var found = new List<(string Name, HealthCheckResponse.Types.ServingStatus Status)>();
        foreach (var (name, service) in Services)
            found.Add((name, await AskAsync(context, service, cancellationToken)));
        var isServing = found.TrueForAll(it => it.Status == HealthCheckResponse.Types.ServingStatus.Serving);
        if (context.Json)
        {
            context.Terminal.Output.WriteLine(new JsonObject
            {
                ["address"] = context.Connection.Address.ToString(),
                ["serving"] = isServing,
                ["services"] = new JsonObject(found.Select(it => KeyValuePair.Create(it.Name, (JsonNode?)HealthView.NameOf(it.Status)))),
            }.ToJsonString());
        }
        else
        {
            HealthView.Write(context.Terminal.CreateOutputConsole(), context.Connection.Address, found);
        }
        return isServing ? ExitCode.Answered : ExitCode.CouldNotTell;
    }

    private static async Task<HealthCheckResponse.Types.ServingStatus> AskAsync(
        CommandContext context, string service, CancellationToken cancellationToken)
    {
        try
        {
            var request = new HealthCheckRequest { Service = service };
            return (await context.Client.Health.CheckAsync(request, cancellationToken: cancellationToken)).Status;
        }
        catch (RpcException unknown) when (unknown.StatusCode == StatusCode.NotFound)
        {
            return HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
        }
    }
}
