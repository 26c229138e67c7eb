using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    /// <summary>Of a form that what people write may have no longer, as it is an identity number's: read from the registry for ever.</summary>
    private static readonly PermitNumber Outgrown = PermitNumber.FromStored("110105199003072338");

    [Fact]
    public async Task EveryRead_NumberOfAFormThatInputHasNoLonger_AnswersIt()
    {
        await AppendAsync(Outgrown, new Issued(Date(2024, 8, 31), PermitKind.ResidenceRegistrationCard));
        await AppendAsync("DJ2024000001", new Issued(Date(2024, 8, 31), PermitKind.ResidenceRegistrationCard));
        await AppendAsync("DJ2024000001", new Exchanged(Date(2025, 3, 1), Outgrown));

        var changes = await Registry.ReadChangesAsync(1, 10, Token);
        var stamps = await Registry.ReadBucketStampsAsync(Token);

        Assert.Equal(Outgrown, changes.MarkAtSince?.Permit);
        Assert.Equal(Outgrown, (await Registry.ReadChangesAsync(0, 1, Token)).Changes.Single().Permit);
        Assert.Equal(1, stamps.Stamps[Outgrown.Bucket]);
        Assert.Equal(Outgrown, (await Registry.LoadAsync(Outgrown, Token)).History?.Number);
        var many = await Registry.LoadAsync([Outgrown, Number("DJ2024000001")], Token);
        Assert.Equal(Outgrown, many.Histories[Outgrown].Number);
        Assert.Equal(Outgrown, Assert.IsType<Exchanged>(many.Histories[Number("DJ2024000001")].Events[^1].Event).NewPermit);
    }

    [Fact]
    public async Task Import_PermitOfAFormThatInputHasNoLonger_GoesOn()
    {
        await AppendAsync(Outgrown, WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));

        var result = await Registry.ImportAsync(
            Batch("file", 0, isLast: true, [Line(1, "BJ2024000001", new Reissued(Date(2024, 3, 6))), new(2, new PermitStatement(Outgrown, new Reissued(Date(2024, 3, 6))))]),
            Token);

        Assert.Empty(result.Rejects);
        Assert.Equal(2, (await Registry.LoadAsync(Outgrown, Token)).History?.Events.Length);
    }
}
