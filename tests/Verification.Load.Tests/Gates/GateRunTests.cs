using Verification.Load.Gates;

namespace Verification.Load.Tests.Gates;

public sealed class GateRunTests
{
    private static readonly GateRow Row = new("made-up", 2.0, 1.1);

    [Fact]
    public async Task Passes_WithinTheLimit_MeasuresOnce()
    {
        var gate = new MadeUpGate(2.19);

        Assert.True(await new GateRun(TextWriter.Null).PassesAsync(gate, Row));
        Assert.Equal(1, gate.Measurings);
    }

    [Fact]
    public async Task Passes_NoiseAtFirst_MeasuresAgainAndPasses()
    {
        var gate = new MadeUpGate(2.6, 2.0);

        Assert.True(await new GateRun(TextWriter.Null).PassesAsync(gate, Row));
        Assert.Equal(2, gate.Measurings);
    }

    [Fact]
    public async Task Passes_GrowthThatStays_Fails() =>
        Assert.False(await new GateRun(TextWriter.Null).PassesAsync(new MadeUpGate(2.6, 2.6, 2.6), Row));

    [Fact]
    public void Ratio_FewDisturbedRounds_IsTheOneInTheMiddle()
    {
        var ratio = new Pairs([2, 2, 2, 2, 2, 2, 2, 2, 9, 9], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]).Ratio;

        Assert.Equal(2, ratio.Value);
        Assert.True(ratio.Covers(2));
    }

    [Fact]
    public void ReadAll_CommittedFile_HoldsNoGateAtThirtyPercentMore() =>
        Assert.All(GateRow.ReadAll(), row => Assert.InRange(row.Tolerance, 1.01, 1.29));

    private sealed class MadeUpGate(params double[] ratios) : IGate
    {
        public int Measurings { get; private set; }

        public string Name => "made-up";

        public string Unit => "µs";

        public Task<Pairs> MeasureAsync(int rounds)
        {
            var ratio = ratios[Measurings++];
            return Task.FromResult(new Pairs([.. Enumerable.Repeat(ratio, rounds)], [.. Enumerable.Repeat(1.0, rounds)]));
        }
    }
}
