using Verification.Load.Driving;
using Verification.Load.Measuring;
using Verification.Load.Questions;
using Verification.Load.Servers;

namespace Verification.Load.Scenarios;

/// <summary>A server in a scenario, what it is asked, and what came of it so far.</summary>
/// <param name="name">Its name in the result.</param>
/// <param name="server">The server.</param>
/// <param name="question">What it is asked.</param>
/// <param name="source">Who must have known the answers; null where that is not the service's own count.</param>
/// <param name="isService">Whether it is the service, which counts its answers itself.</param>
internal sealed class Contender(string name, ServerProcess server, IQuestion question, string? source, bool isService)
{
    /// <summary>Its name in the result.</summary>
    public string Name { get; } = name;

    /// <summary>The server.</summary>
    public ServerProcess Server { get; } = server;

    /// <summary>What it is asked.</summary>
    public IQuestion Question { get; } = question;

    /// <summary>Calls a second, as far as is known.</summary>
    public double CallsPerSecond { get; set; }

    /// <summary>The bytes of an answer's body, of answers that were looked at.</summary>
    public double BodyBytes { get; set; }

    /// <summary>Its rounds, in their order; those of all contenders with the same place belong together.</summary>
    public List<Round> Rounds { get; } = [];

    /// <summary>Its turns at a fixed rate.</summary>
    public List<Driven> Turns { get; } = [];

    /// <summary>Why the server's own counters do not bear out what was driven; null where they do.</summary>
    public string? FlawIn(ServerReading used, long calls)
    {
        var checks = calls * Question.Checks;
        var refused = Question.Refusal is { } reason ? used.Count($"verification.refusals/{reason}") : 0;
        var known = source is null ? 0 : used.Count($"verification.lookups/{source}");
        var least = Question.OnlyMessage is null ? checks * 9 / 10 : checks;
        return !isService ? null
            : used.Refusals != refused || refused != (Question.Refusal is null ? 0 : checks)
                ? $"the service counted {used.Refusals} refusals of {checks} checks"
            : source is not null && used.Lookups != checks ? $"the service counted {used.Lookups} answers to {checks} checks"
            : source is not null && known < least ? $"{source} answered {known} of {checks} checks"
            : null;
    }
}
