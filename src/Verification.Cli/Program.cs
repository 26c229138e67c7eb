using System.Runtime.InteropServices;
using System.Text;
using Verification.Cli;
using Verification.Cli.Shell;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
StandardStreams.TakeOver();

using var stop = new CancellationTokenSource();
var stopped = new TaskCompletionSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

// Beside this thread: a command that is held up, as by a pipe that nobody reads, does not see that it shall stop.
var command = Task.Run(() => PermitCtl.RunAsync(args, Terminal.OfProcess(), stop.Token));
await Task.WhenAny(command, OverdueAsync());
return command.IsCompleted ? await command : ExitCode.CouldNotTell;

void End(PosixSignalContext signal)
{
    // The first signal ends the command in order; a second one ends the process.
    signal.Cancel = stopped.TrySetResult();
    if (signal.Cancel)
        stop.CancelAsync();
}

async Task OverdueAsync()
{
    await stopped.Task;
    await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
}
