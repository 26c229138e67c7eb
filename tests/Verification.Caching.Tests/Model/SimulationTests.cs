namespace Verification.Caching.Tests.Model;

/// <summary>
/// Invariants 1 to 3 of the design under everything that may happen, and that breaking a rule of the contract would be noticed.
/// <c>VERIFICATION_TEST_SEED</c> repeats one run; otherwise every run takes new seeds, and prints the first. <c>VERIFICATION_MODEL_CHECKS</c>
/// says how many answers are judged, in place of 60,000.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int ChecksPerWorld = 1_000;

    private static readonly int Checks =
        int.TryParse(Environment.GetEnvironmentVariable("VERIFICATION_MODEL_CHECKS"), out var checks) ? checks : 60_000;

    private static readonly int FirstSeed =
        int.TryParse(Environment.GetEnvironmentVariable("VERIFICATION_TEST_SEED"), out var seed) ? seed : Random.Shared.Next(1_000_000_000);

    /// <summary>That many answers, none stale and none that a later one contradicts; and each disturbance did happen.</summary>
    [Fact]
    public void Answers_UnderEverythingThatMayHappen_AreExactAndFresh()
    {
        var answered = 0;
        var counts = new Dictionary<string, int>();
        var kinds = new Tally<CheckKind>();
        var disturbances = new Tally<Disturbance>();
        var world = 0;
        for (; answered < Checks; world++)
        {
            using var simulation = new Simulation(FirstSeed + world, Mutation.None);
            simulation.Run(ChecksPerWorld);
            answered += simulation.Judge.Answered;
            kinds.Add(simulation.Judge.Kinds);
            disturbances.Add(simulation.Disturbances);
            Add(simulation.Judge.Refused);
            Add(simulation.Judge.Sources.ToDictionary(source => source.Key.ToString(), source => source.Value));
        }

        output.WriteLine($"Seeds {FirstSeed} to {FirstSeed + world - 1}: {answered} answered ({kinds})");
        output.WriteLine(string.Join(", ", counts.Select(pair => $"{pair.Key} {pair.Value}")));
        output.WriteLine(disturbances.ToString());
        kinds.AssertEach();
        disturbances.AssertEach();

        void Add(Dictionary<string, int> more)
        {
            foreach (var (what, count) in more)
            {
                counts[what] = counts.GetValueOrDefault(what) + count;
            }
        }
    }

    [Theory]
    [InlineData(Mutation.StampCheckDropped)]
    [InlineData(Mutation.StampsRaisedAfterPublishing)]
    [InlineData(Mutation.ReadAtOverstated)]
    [InlineData(Mutation.ReadAtOverstatedByPages)]
    [InlineData(Mutation.WatermarkReadAfterTheEntry)]
    [InlineData(Mutation.RegistryIdLeftOutOfTheMac)]
    [InlineData(Mutation.AnnulmentsLeftOutOfReads)]
    [InlineData(Mutation.AnnulmentsLeftOutOfRedis)]
    [InlineData(Mutation.AnnulmentsLeftOutOfTheFeed)]
    public void Answers_WithARuleBroken_AreCaught(Mutation mutation)
    {
        var world = 0;
        var violation = Assert.Throws<ModelViolationException>(() =>
        {
            for (; world < 300; world++)
            {
                using var simulation = new Simulation(FirstSeed + world, mutation);
                simulation.Run(ChecksPerWorld);
            }
        });

        output.WriteLine($"{mutation} was caught in run {world + 1}: {violation.Message}");
    }

    [Fact]
    public void Run_SameSeed_RepeatsItself()
    {
        using var one = new Simulation(FirstSeed, Mutation.None);
        using var other = new Simulation(FirstSeed, Mutation.None);

        one.Run(ChecksPerWorld);
        other.Run(ChecksPerWorld);

        Assert.Equal(one.Judge.Sources, other.Judge.Sources);
        Assert.Equal(one.Judge.Refused, other.Judge.Refused);
        Assert.Equal(one.Disturbances.ToString(), other.Disturbances.ToString());
    }
}
