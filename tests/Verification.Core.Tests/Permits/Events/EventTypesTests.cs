using Verification.Core.Permits.Events;

namespace Verification.Core.Tests.Permits.Events;

public sealed class EventTypesTests
{
    [Fact]
    public void All_EverySubtypeOfAnEvent_IsThereOnce() => Assert.Equal(
        typeof(PermitEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PermitEvent))).OrderBy(type => type.Name),
        EventTypes.All.Select(type => type.Happening).OrderBy(type => type.Name));

    [Fact]
    public void All_FieldsOfOneName_AreOfOneKind() => Assert.All(
        EventTypes.All.SelectMany(type => type.Fields).GroupBy(field => field.Name),
        fields => Assert.Single(fields.Select(field => field.Kind).Distinct()));
}
