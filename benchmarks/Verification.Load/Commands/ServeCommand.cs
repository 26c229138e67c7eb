using System.CommandLine;
using Verification.Load.Yardsticks;

namespace Verification.Load.Commands;

/// <summary><c>serve</c>: a yardstick, in the process that a run has started for it.</summary>
internal static class ServeCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var kind = new Argument<YardstickKind>("kind");
        var port = new Option<int>("--port") { Required = true };
        var registry = new Option<string?>("--registry");
        var redis = new Option<string?>("--redis");
        var command = new Command("serve", "Serves one yardstick.") { kind, port, registry, redis };
        command.Hidden = true;
        command.SetAction(parsed => YardstickHost.RunAsync(
            parsed.GetValue(kind), parsed.GetValue(port), new YardstickSettings(parsed.GetValue(registry), parsed.GetValue(redis))));
        return command;
    }
}
