using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;
using Verification.Server.Access.Consumers;
using Verification.Server.Hosting.Settings;

namespace Verification.Server.Hosting.Demo;

/// <summary>Tells a person where the demo listens, which numbers to try, and what to expect of each today.</summary>
internal sealed class DemoGreeting(
    IServer server,
    IConfiguration configuration,
    VerificationOptions options,
    IPermitRegistry registry,
    RulebookLibrary rulebooks,
    TimeProvider timeProvider)
{
    private const int Examples = 5;

    /// <summary>Where permitctl asks when it is told nothing.</summary>
    private const string DefaultAddress = "http://localhost:5081";

    /// <summary>Writes the greeting.</summary>
    public async Task WriteAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var examples = await ChooseAsync(cancellationToken);
        await output.WriteLineAsync();
        await output.WriteLineAsync("Permit verification service: demo with made-up permits.");
        foreach (var (name, address) in Addresses())
        {
            await output.WriteLineAsync($"  {name,-8}{address}");
        }

        await output.WriteLineAsync($"  {"Data",-8}{Path.GetFullPath(options.DataDirectory)}");
        await output.WriteLineAsync();
        foreach (var example in examples)
        {
            var reasons = example.Standing.Reasons == StatusReasons.None ? string.Empty : $" ({Reasons(example.Standing.Reasons)})";
            await output.WriteLineAsync(
                $"  {example.Number}  {CodeNames.WordOf(example.Kind)}: {CodeNames.NameOf(example.Standing.Status)}{reasons}");
        }

        await output.WriteLineAsync();
        var number = examples.Count > 0 ? examples[0].Number.ToString() : "<number>";
        await output.WriteLineAsync($"  Keys    {string.Join(", ", DemoConsumers.Names)}");
        await output.WriteLineAsync();
        await output.WriteLineAsync($"Next: {Browser()}dotnet run --project src/Verification.Cli -- verify {number} --api-key {DemoConsumers.Authority}{AddressOption()}");
        await output.WriteLineAsync();
    }

    /// <summary>Permits of different kinds and statuses, as they stand today.</summary>
    internal async Task<IReadOnlyList<DemoExample>> ChooseAsync(CancellationToken cancellationToken)
    {
        var today = Calendar.DateInBeijing(timeProvider.GetUtcNow());
        var rulebook = rulebooks.On(today);
        var numbers = DemoFile.Numbers.Select(number => PermitNumber.Parse(number)).ToArray();
        var snapshot = await registry.LoadAsync(numbers, cancellationToken);

        var examples = new List<DemoExample>();
        foreach (var number in numbers)
        {
            if (examples.Count < Examples
                && snapshot.Histories.TryGetValue(number, out var history)
                && TimelineCompiler.Compile(history, rulebook) is { } timeline)
            {
                var standing = timeline.SegmentOn(today, StandingView.Authority).Standing;
                if (examples.TrueForAll(example => example.Standing.Status != standing.Status)
                    && examples.Count(example => example.Kind == timeline.Kind) < 2)
                {
                    examples.Add(new DemoExample(number, timeline.Kind, standing));
                }
            }
        }

        return examples;
    }

    private static string Reasons(StatusReasons reasons) => string.Join(
        ", ", Enum.GetValues<StatusReasons>().Where(reason => reason != StatusReasons.None && reasons.HasFlag(reason)).Select(CodeNames.NameOf));

    /// <summary>Where the page is, on a line of its own; nothing where no endpoint has the name of the one that serves it.</summary>
    private string Browser() =>
        Addresses().FirstOrDefault(endpoint => endpoint.Name == "Http").Address is { } address
            ? $"open {address} in a browser, or at a terminal{Environment.NewLine}      "
            : string.Empty;

    /// <summary>What permitctl must be told where the gRPC endpoint is not the one that it asks by itself.</summary>
    private string AddressOption() =>
        Addresses().FirstOrDefault(endpoint => endpoint.Name == "Grpc").Address is { } address && address != DefaultAddress
            ? $" --address {address}"
            : string.Empty;

    /// <summary>The addresses by the names of their endpoints, where the configuration names them all.</summary>
    private IEnumerable<(string Name, string Address)> Addresses()
    {
        var names = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint.Key).ToArray();
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses.ToArray() ?? [];
        return addresses.Select((address, i) => (names.Length == addresses.Length ? names[i] : "Listens", address));
    }
}
