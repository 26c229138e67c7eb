using CsCheck;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    /// <summary>Invariant: known at R is what a registry held that stopped at R.</summary>
    [Fact]
    public async Task AsKnownAt_EveryRevision_EqualsARegistryThatStoppedThere()
    {
        var run = 0;
        await Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 40]).Array[60].SampleAsync(
            steps => CheckKnownAtAsync($"BJ{run++:000}", steps),
            iter: 5,
            threads: 1);
    }

    private async Task CheckKnownAtAsync(string prefix, (int Permit, int Type, int Days)[] steps)
    {
        var start = (await Registry.ReadHeadAsync(Token)).Revision;
        var model = new List<Dictionary<PermitNumber, PermitEvent[]>> { new() };
        var day = Date(2024, 3, 5);
        foreach (var (permit, type, days) in steps)
        {
            day = day.AddDays(days);
            var number = Number($"{prefix}{permit}");
            PermitEvent happening = type switch
            {
                0 => WorkPermitIssued(day),
                1 => new Reissued(day),
                2 => new Retained(day, RetentionProcedure.Renewal),
                _ => new Returned(day),
            };
            var result = await AppendAsync(number.ToString(), happening);
            if (result.Rejection is null)
            {
                var next = new Dictionary<PermitNumber, PermitEvent[]>(model[^1]);
                next[number] = [.. next.GetValueOrDefault(number, []), happening];
                model.Add(next);
            }
        }

        for (var permit = 0; permit <= 4; permit++)
        {
            var number = Number($"{prefix}{permit}");
            var history = (await Registry.LoadAsync(number, Token)).History;
            for (var revision = 0; revision < model.Count; revision++)
            {
                var known = history?.AsKnownAt(start + revision)?.Events.Select(recorded => recorded.Event).ToArray();
                Assert.Equal(model[revision].GetValueOrDefault(number), known);
            }
        }
    }
}
