using System.Diagnostics;
using System.Globalization;

namespace Verification.EndToEnd.Tests;

/// <summary>A caller that walks through the number space, in a process of its own.</summary>
internal sealed class WalkerProcess(DemoServer server, string key) : IDisposable
{
    private readonly Process _process = Programs.Start("walker", server.Address, key);

    /// <summary>Walks; see the program for what the words mean.</summary>
    /// <returns>How many numbers were answered and how many refused.</returns>
    public async Task<(int Answered, int Refused)> GoAsync(string kind, int first, int numbers, int rate)
    {
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{kind} {first} {numbers} {rate}"));
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        var counts = line.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return (counts[0], counts[1]);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
