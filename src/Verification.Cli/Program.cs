using System.Runtime.InteropServices;
using System.Text;
using Verification.Cli;
using Verification.Cli.Shell;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
return await PermitCtl.RunAsync(args, Terminal.OfProcess(), stop.Token);

void End(PosixSignalContext signal)
{
    // The first signal ends the command in order; a second one ends the process.
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
