using Verification.Core.Registry;

namespace Verification.Core.Tests.Registry;

public sealed class RegistryStampsTests
{
    [Fact]
    public void BucketCount_HasOneForEveryBucketOfANumber() => Assert.Equal(65_536, RegistryStamps.BucketCount);
}
