using Verification.Load.Measuring;
using Verification.Load.Reporting;
using Verification.Load.Results;

namespace Verification.Load.Tests.Reporting;

public sealed class ComparisonTests
{
    private static readonly Ratio Before = new(1.30, 1.25, 1.352);

    [Theory]
    [InlineData(1.69, 1.65, 1.73, "dearer")]
    [InlineData(1.05, 1.02, 1.08, "cheaper")]
    [InlineData(1.33, 1.28, 1.38, "no difference beyond noise")]
    public void Verdict_OfAChange_SaysOnlyWhatTheIntervalsBearOut(double value, double low, double high, string verdict) =>
        Assert.Equal(verdict, Comparison.Verdict(Comparison.Change(Before, new Ratio(value, low, high))));

    [Fact]
    public void Change_OfAResultToItself_IsOne()
    {
        var change = Comparison.Change(Before, Before);

        Assert.Equal(1, change.Value);
        Assert.True(change.Covers(1));
    }

    [Fact]
    public void Write_OfTwoResults_NamesEachScenarioThatBothHave()
    {
        using var written = new StringWriter();

        Comparison.Write(written, MadeUpResult.With(("memory-hit", Before), ("batch", Before)), MadeUpResult.With(("memory-hit", new Ratio(1.7, 1.69, 1.71)), ("stream", Before)));

        var lines = written.ToString().Split('\n');
        Assert.Contains(lines, line => line.StartsWith("memory-hit", StringComparison.Ordinal) && line.Contains("dearer", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("batch", StringComparison.Ordinal) || line.StartsWith("stream", StringComparison.Ordinal));
    }

    /// <summary>Also where no round of a server counts, and nothing is known of it.</summary>
    [Theory]
    [InlineData(30.0)]
    [InlineData(double.NaN)]
    public void Read_OfAResultWritten_IsTheSameResult(double cpuMicroseconds)
    {
        var path = Path.GetTempFileName();
        try
        {
            var result = MadeUpResult.With(("memory-hit", Before));
            result = result with { Sizes = [result.Sizes[0] with { CpuMicroseconds = cpuMicroseconds }] };
            result.Write(path);

            var read = ResultFile.Read(path);

            Assert.Equivalent(result, read, strict: true);
            Assert.Equal(Before, read.Scenarios[0].Ratio()!.Cpu);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
