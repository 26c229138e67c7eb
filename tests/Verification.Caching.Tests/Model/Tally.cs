namespace Verification.Caching.Tests.Model;

/// <summary>How often each of the values of an enumeration came up. For many threads.</summary>
internal sealed class Tally<T>
    where T : struct, Enum
{
    private readonly int[] _counts = new int[Enum.GetValues<T>().Length];

    public int this[T what] => _counts[IndexOf(what)];

    public void Count(T what) => Interlocked.Increment(ref _counts[IndexOf(what)]);

    public void Add(Tally<T> more)
    {
        foreach (var what in Enum.GetValues<T>())
        {
            _counts[IndexOf(what)] += more[what];
        }
    }

    /// <summary>Fails where something never came up: the run then shows nothing about it.</summary>
    public void AssertEach(params T[] except) =>
        Assert.DoesNotContain(Enum.GetValues<T>().Except(except), what => this[what] == 0);

    public override string ToString() => string.Join(", ", Enum.GetValues<T>().Select(what => $"{what} {this[what]}"));

    private static int IndexOf(T what) => Convert.ToInt32(what, null);
}
