using Verification.EndToEnd.Tests.Architecture.Made.East;

namespace Verification.EndToEnd.Tests.Architecture.Made.West;

internal interface IDoor;

internal class Door : IDoor
{
    /// <summary>The way back, to every type of the other room.</summary>
    public static Type[] Back =>
    [
        typeof(Base), typeof(Port), typeof(Field), typeof(Parameter), typeof(Body), typeof(Local), typeof(Caught), typeof(Argument),
        typeof(Constraint), typeof(East.Attribute), typeof(AttributeArgument), typeof(Lambda),
    ];
}

internal static class Doors
{
    public static (Door First, Door Second) Both() => (new Door(), new Door());
}

internal sealed class DoorException : Exception;

[AttributeUsage(AttributeTargets.Class)]
internal sealed class DoorAttribute(Type type) : System.Attribute
{
    public Type Type { get; } = type;
}
