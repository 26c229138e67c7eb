using Verification.Core.Rules.Rulebooks;
using Verification.TestSupport;

namespace Verification.Core.Tests.Rules.Rulebooks;

public sealed class RulebookLibraryTests
{
    private static readonly DateOnly FirstDay = new(2027, 1, 1);

    private static readonly RulebookLibrary Library = TestRulebooks.Library(FirstDay);

    [Theory]
    [InlineData("0001-01-01", "2026.1 test.2")]
    [InlineData("2026-12-31", "2026.1 test.2")]
    [InlineData("2027-01-01", "test.2")]
    [InlineData("9999-12-31", "test.2")]
    public void From_ADate_IsTheOneInUseAndThoseThatFollow(string text, string expected)
    {
        var date = DateOnly.ParseExact(text, "yyyy-MM-dd");

        Assert.Equal(expected, string.Join(' ', Library.From(date).Select(rulebook => rulebook.Version)));
        Assert.Same(Library.From(date)[0], Library.On(date));
    }

    [Fact]
    public void Find_AVersion_IsThatOneOrNone()
    {
        Assert.Same(Library.All[1], Library.Find("test.2"));
        Assert.Same(RulebookLibrary.Embedded.All[0], Library.Find("2026.1"));
        Assert.Null(Library.Find("1999.1"));
    }

    [Fact]
    public void On_AnyDate_AllocatesNothing()
    {
        var found = Library.On(FirstDay);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            found = Library.On(FirstDay.AddDays(-i));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Same(Library.All[0], found);
    }

    [Fact]
    public void Library_NoRulebookOrOneVersionOrDayTwice_IsRefused()
    {
        var (first, second) = (Library.All[0], Library.All[1]);
        var sameVersion = TestRulebooks.Library(FirstDay.AddDays(1)).All[1];

        Assert.Throws<ArgumentException>(() => new RulebookLibrary([]));
        Assert.Throws<ArgumentException>(() => new RulebookLibrary([first, second, sameVersion]));
        Assert.Throws<ArgumentException>(() => TestRulebooks.Library(first.EffectiveFrom));
    }
}
