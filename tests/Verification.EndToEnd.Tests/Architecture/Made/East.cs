using Verification.EndToEnd.Tests.Architecture.Made.West;

namespace Verification.EndToEnd.Tests.Architecture.Made.East;

internal sealed class Base : Door;

internal sealed class Port : IDoor;

internal sealed class Field
{
    public IDoor?[]? Doors { get; set; }
}

internal sealed class Parameter
{
    public static void Take(List<IDoor> doors) => doors.Clear();
}

internal sealed class Body
{
    public static object Make() => new Door();
}

internal sealed class Local
{
    public static string Ask()
    {
        var (door, _) = Doors.Both();
        return door.ToString()! + door.GetHashCode();
    }
}

internal sealed class Caught
{
    public static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (DoorException)
        {
            return;
        }
    }
}

internal sealed class Argument
{
    public static int Count(object[] things) => things.OfType<IDoor>().Count();
}

internal sealed class Constraint
{
    public static string Ask<T>(T door)
        where T : IDoor => door.ToString()!;
}

[Door(typeof(string))]
internal sealed class Attribute;

[System.ComponentModel.TypeConverter(typeof(Door))]
internal sealed class AttributeArgument;

internal sealed class Lambda
{
    public static Func<object> Later(int after) => () => after > 0 ? new Door() : after;
}
