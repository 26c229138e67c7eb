using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Core.Tests.Permits.Events;

public sealed class PermitHistoryTests
{
    /// <summary>Stores wrap the exception and the service logs it.</summary>
    [Fact]
    public void Create_HistoryThatBeginsWithoutItsIssue_IsRefusedWithoutTheNumber()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new PermitHistory(
            PermitNumber.Parse("BJ2024000017"), [new RecordedEvent(1, new Renewed(new DateOnly(2024, 1, 1)), default, "a")]));

        Assert.DoesNotContain("BJ2024000017", refusal.ToString(), StringComparison.Ordinal);
    }
}
