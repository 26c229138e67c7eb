using CsCheck;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;

namespace Verification.Core.Tests.Permits.RegistryFile;

/// <summary>Policy §7: the k-th of a file's lines that say the same.</summary>
public sealed class OccurrenceCounterTests
{
    private static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000017");

    private static readonly DateOnly On = new(2024, 3, 5);

    /// <summary>Lines that differ in one thing each, the last ones only as far as a line may say a default or not.</summary>
    private static readonly PermitStatement[] Different =
    [
        new(Number, new Issued(On, PermitKind.WorkResidencePermit)),
        new(Number, new Issued(On, PermitKind.ResidencePermit)),
        new(Number, new Issued(On, PermitKind.WorkResidencePermit, On.AddDays(-1))),
        new(Number, new Issued(On, PermitKind.WorkResidencePermit, Employer: string.Empty)),
        new(Number, new Issued(On, PermitKind.WorkResidencePermit, Employer: "甲")),
        new(Number, new Reissued(On)),
        new(Number, new Renewed(On)),
        new(Number, new Reissued(On.AddDays(1))),
        new(PermitNumber.Parse("BJ2024000018"), new Reissued(On)),
        new(PermitNumber.Parse("BJ20240000170"), new Reissued(On)),
        new(Number, new EmploymentEnded(On, On)),
        new(Number, new EmploymentEnded(On, On.AddDays(-1))),
        new(Number, new Cancelled(On, null)),
        new(Number, new Cancelled(On, new string('x', 2_000))),
        new(Number, new Cancelled(On, new string('x', 1_999) + "y")),
    ];

    [Fact]
    public void Count_LinesThatSayDifferentThings_AreEachTheFirst()
    {
        var counter = new OccurrenceCounter();

        Assert.All(Different, statement => Assert.Equal(1, counter.Count(statement)));
        Assert.All(Different, statement => Assert.Equal(2, counter.Count(statement)));
    }

    [Fact]
    public void Count_DefaultSaidAndLeftOut_IsTheSame()
    {
        var counter = new OccurrenceCounter();
        counter.Count(new PermitStatement(Number, new Issued(On, PermitKind.WorkResidencePermit)));

        Assert.Equal(2, counter.Count(new PermitStatement(Number, new Issued(On, PermitKind.WorkResidencePermit, AppliedOn: On))));
    }

    /// <summary>Nothing of a line is left behind for the next: long and short ones, of every form, after each other.</summary>
    [Fact]
    public void Count_DifferentLinesInAnyOrder_CountsAsADictionaryDoes() => Gen.Int[0, Different.Length - 1].Array[0, 60].Sample(
        lines =>
        {
            var counter = new OccurrenceCounter();
            var counts = new Dictionary<PermitStatement, int>();
            Assert.All(lines.Select(line => Different[line]), statement =>
            {
                counts[statement] = counts.GetValueOrDefault(statement) + 1;
                Assert.Equal(counts[statement], counter.Count(statement));
            });
        });

    [Fact]
    public void Count_AnyLines_CountsAsADictionaryDoes() => Gen.Int[0, 300].Array[0, 3_000].Sample(
        lines =>
        {
            var counter = new OccurrenceCounter();
            var counts = new Dictionary<int, int>();
            Assert.All(lines, line =>
            {
                counts[line] = counts.GetValueOrDefault(line) + 1;
                Assert.Equal(counts[line], counter.Count(new PermitStatement(Number, new Reissued(On.AddDays(line)))));
            });
        },
        iter: 50);

    /// <summary>Looked at after every thousandth line: the parts of the table grow at different times.</summary>
    [Fact]
    public void Bytes_LinesThatAllDiffer_AreAtMost24ALine()
    {
        const int Lines = 500_000;
        var counter = new OccurrenceCounter();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var line = 1; line <= Lines; line++)
        {
            counter.Count(new PermitStatement(Number, new CancellationDeferred(On, On.AddDays(line), string.Empty)));
            if (line % 1_000 == 0 && line >= 10_000)
            {
                Assert.InRange(counter.Bytes / (double)line, 16, 24);
            }
        }

        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Lines, 16, 24.5);
        Assert.Equal(2, counter.Count(new PermitStatement(Number, new CancellationDeferred(On, On.AddDays(1), string.Empty))));
    }
}
