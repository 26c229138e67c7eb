using System.Collections.Immutable;
using Verification.Load.Driving;
using Verification.Load.Questions;
using Verification.Load.Servers;
using Verification.Load.Yardsticks;

namespace Verification.Load.Scenarios;

/// <summary>Something that is asked of the service and of its yardsticks in turns.</summary>
/// <param name="Name">Its name, for the command line.</param>
/// <param name="Says">What it is, in a few words.</param>
/// <param name="On">Which service is asked; null means the echo itself, to measure the measuring.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Beside">The yardsticks; the first is the one of the ratio in the table.</param>
internal sealed record Scenario(
    string Name, string Says, ServiceKind? On, Func<Ground, IQuestion> Question, ImmutableArray<YardstickKind> Beside)
{
    /// <summary>Connections and calls at the same time.</summary>
    public Shape Shape { get; init; } = Shape.Usual;

    /// <summary>Who must have known the answers: <c>memory</c>, <c>redis</c>, <c>registry</c>; null where nothing is looked up.</summary>
    public string? Source { get; init; } = "memory";

    /// <summary>Whether it is a stream, with a message for each answer.</summary>
    public bool IsStream { get; init; }

    /// <summary>What must be done once before the service is asked.</summary>
    public Func<Ground, ServerProcess, Task>? PrepareAsync { get; init; }
}
