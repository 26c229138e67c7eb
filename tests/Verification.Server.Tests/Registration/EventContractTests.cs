using Google.Protobuf.Reflection;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Server.Registration;
using Contract = Permits.Registry.V1;

namespace Verification.Server.Tests.Registration;

/// <summary>The contract's events are those of the table, field by field.</summary>
public sealed class EventContractTests
{
    private static readonly IList<FieldDescriptor> Happenings = Contract.PermitEvent.Descriptor.Oneofs[0].Fields;

    public static TheoryData<string> Names => new(EventTypes.All.Select(type => type.Name));

    [Fact]
    public void Events_OfContractAndCore_AreTheSame() =>
        Assert.Equal(EventTypes.All.Select(type => type.Name).Order(), Happenings.Select(field => field.Name).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Fields_OfContractAndCore_AreTheSame(string name)
    {
        var inContract = Happenings.Single(field => field.Name == name).MessageType.Fields.InDeclarationOrder();

        Assert.Equal(
            EventTypes.Find(name)!.Fields.Select(field => (field.Name, KindOf(field.Kind))).Order(),
            inContract.Where(field => field.Name != "holder_on_file").Select(field => (field.Name, field.FieldType)).Order());
    }

    /// <summary>Such events were recorded before they were refused.</summary>
    [Fact]
    public void Write_IdentityNumberRecordedInText_IsNotShown()
    {
        var on = new DateOnly(2025, 5, 1);
        PermitEvent[] events =
        [
            new Issued(on, PermitKind.WorkResidencePermit, Employer: "王１１０１０５１９９００３０７２３３８个体户"),
            new EmployerChanged(on, "王11010519491231002x"),
            new Cancelled(on, "110105199003072338已死亡"),
            new Exchanged(on, PermitNumber.FromStored("110105199003072338")),
        ];

        var shown = events
            .Select(happening => EventWriter.Write(PermitNumber.Parse("BJ2024000017"), happening).ToString())
            .ToList();

        Assert.All(shown, text => Assert.Contains("(identity number)", text, StringComparison.Ordinal));
        Assert.All(shown, text => Assert.DoesNotContain("199003072338", text, StringComparison.Ordinal));
        Assert.All(shown, text => Assert.DoesNotContain("１９９００３０７", text, StringComparison.Ordinal));
        Assert.All(shown, text => Assert.DoesNotContain("19491231", text, StringComparison.Ordinal));
    }

    private static FieldType KindOf(FieldKind kind) => kind switch
    {
        FieldKind.Text or FieldKind.PermitNumber or FieldKind.Identity => FieldType.String,
        FieldKind.Date => FieldType.Message,
        FieldKind.Code => FieldType.Enum,
        _ => FieldType.Int32,
    };
}
