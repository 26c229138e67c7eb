using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Time.Testing;
using Verification.Cli.Shell;

namespace Verification.Cli.Tests.Support;

/// <summary>Runs permitctl in this process, against a service that answers by a script.</summary>
internal sealed class CommandLine : IAsyncDisposable
{
    private readonly FakeService.FakeService _service;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("permitctl-home-");

    private CommandLine(FakeService.FakeService service)
    {
        _service = service;
        Variables["VERIFICATION_ADDRESS"] = service.Address.ToString();
    }

    public FakeService.Script Script => _service.Script;

    public Uri Address => _service.Address;

    /// <summary>Where the user's contexts are kept; made when one is.</summary>
    public string ConfigFolder => Path.Combine(_home.FullName, "permitctl");

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Half past four in the afternoon of 3 May in UTC: already 4 May in Beijing.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 3, 16, 30, 0, TimeSpan.Zero));

    /// <summary>Takes the place of <see cref="Time"/>.</summary>
    public TimeProvider? Clock { get; set; }

    public byte[] Input { get; set; } = [];

    /// <summary>Whether a person sits there: answers are typed, questions are read.</summary>
    public bool IsTerminal { get; set; }

    /// <summary>Takes the answer in place of <see cref="CommandResult.Output"/>.</summary>
    public Stream? Output { get; set; }

    public CancellationToken Stop { get; set; } = TestContext.Current.CancellationToken;

    public static async Task<CommandLine> StartAsync(Action<ListenOptions>? listen = null) => new(await FakeService.FakeService.StartAsync(listen));

    public async Task<CommandResult> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new MemoryStream(Input);
        var terminal = new Terminal
        {
            Output = Output is null ? output : new StreamWriter(new OutletStream(Output, isOptional: false)) { AutoFlush = true },
            Error = error,
            Input = input,
            InputIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
            Variable = name => Variables.GetValueOrDefault(name),
            Time = Clock ?? Time,
            ConfigFolder = ConfigFolder,
        };
        var exitCode = await PermitCtl.RunAsync(args, terminal, Stop);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Ends the service at once, calls that still run included.</summary>
    public Task AbortAsync() => _service.AbortAsync();

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _home.Delete(recursive: true);
    }
}
