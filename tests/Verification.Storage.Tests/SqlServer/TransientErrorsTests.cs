using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class TransientErrorsTests
{
    [Theory]
    [InlineData(1205, 13)] // Chosen as a deadlock's victim.
    [InlineData(10054, 20)] // The connection was reset.
    [InlineData(40613, 17)] // A hosted database is failing over.
    [InlineData(4060, 11)] // The database is not open yet.
    [InlineData(983, 14)] // The replica is changing its role.
    [InlineData(99999, 20)] // Whatever broke the connection.
    public void IsTransient_FailureThatPasses_IsTrue(int number, byte severity) => Assert.True(TransientErrors.IsTransient(number, severity));

    [Theory]
    [InlineData(-2, 11)] // Time-out of a command: repeating would make a slow server slower.
    [InlineData(-2, 20)]
    [InlineData(1222, 16)] // Another session holds the counter row: repeating would wait for it again.
    [InlineData(2627, 14)] // Unique key.
    [InlineData(547, 16)] // Check constraint.
    [InlineData(208, 16)] // No such table.
    [InlineData(18456, 14)] // Login refused.
    [InlineData(229, 14)] // Permission denied.
    public void IsTransient_FailureThatStays_IsFalse(int number, byte severity) => Assert.False(TransientErrors.IsTransient(number, severity));

    [Fact]
    public void IsTransient_WrappedByBulkCopy_IsJudgedByTheServersError()
    {
        Assert.True(TransientErrors.IsTransient(new InvalidOperationException("Cannot access.", SqlFailure.Of(1205, 13))));
        Assert.False(TransientErrors.IsTransient(new InvalidOperationException("Cannot access.", SqlFailure.Of(208, 16))));
    }

    [Fact]
    public void IsTransient_OtherExceptions_IsFalse()
    {
        Assert.False(TransientErrors.IsTransient(new TimeoutException()));
        Assert.False(TransientErrors.IsTransient(new InvalidOperationException()));
    }
}
