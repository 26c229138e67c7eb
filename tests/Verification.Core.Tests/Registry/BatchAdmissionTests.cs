using CsCheck;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;

namespace Verification.Core.Tests.Registry;

public sealed class BatchAdmissionTests
{
    private static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000017");

    private static readonly Issued Issue = new(new DateOnly(2024, 5, 10), PermitKind.WorkResidencePermit);

    /// <summary>What an earlier rulebook admitted stays: a stricter one does not stop an import of the same permit.</summary>
    [Fact]
    public void Add_HistoryThatTodaysRulesWouldRefuse_IsNotJudgedAgain()
    {
        var batch = new BatchAdmission(Cases.Rulebook, [Says(Issue), Says(new Returned(new DateOnly(2024, 5, 11)))]);

        batch.Add(new ImportLine(1, Says(new Reissued(new DateOnly(2024, 5, 12)))));

        Assert.Equal((Number, 3), batch.Admitted.Select(admitted => (admitted.Statement.Permit, admitted.Sequence)).Single());
    }

    [Fact]
    public void Create_HistoryWithoutItsIssue_IsDamaged()
    {
        Assert.Throws<FormatException>(() => new BatchAdmission(Cases.Rulebook, [Says(new Reissued(new DateOnly(2024, 5, 11)))]));
        Assert.Throws<FormatException>(() => new BatchAdmission(Cases.Rulebook, [Says(Issue), Says(Issue)]));
    }

    /// <summary>What is recorded with a default said is what a line says that leaves it out, and the other way round.</summary>
    [Fact]
    public void Add_LineWithADefaultLeftOut_IsRecordedAlready()
    {
        var batch = new BatchAdmission(Cases.Rulebook, [Says(Issue with { AppliedOn = Issue.On })]);

        batch.Add(new ImportLine(1, Says(Issue)));
        batch.Add(new ImportLine(2, Says(Issue with { AppliedOn = Issue.On })));

        Assert.Equal([1L, 2L], batch.AlreadyRecorded);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Add_OtherIdentity_IsAnotherLine(bool sameNumber)
    {
        var digester = new IdentityDigester(new byte[32]);
        var holder = Digest("11010519491231002X");
        var batch = new BatchAdmission(Cases.Rulebook, [Says(Issue with { Holder = holder })]);

        batch.Add(new ImportLine(1, Says(Issue with { Holder = sameNumber ? Digest("11010519491231002X") : Digest("110105199003072338") })));

        Assert.Equal(sameNumber ? [1L] : [], batch.AlreadyRecorded);
        Assert.Equal(sameNumber ? [] : [RejectCode.AlreadyIssued], batch.Rejected.Select(reject => reject.Rejection.Code));

        IdentityDigest Digest(string number) =>
            ResidentIdentityNumber.TryParse(number, out var parsed) ? digester.Digest(Number, SubjectRole.Holder, parsed) : throw new FormatException();
    }

    /// <summary>
    /// Whole registers sent again and again, each with some lines more, cut off anywhere and resumed, older ones after newer ones:
    /// the permit holds what the longest of them says, each line once.
    /// </summary>
    [Fact]
    public void Add_PrefixesOfARegisterInAnyOrder_LoadTheLongestOnce() => Gen.Select(
        Gen.Int[0, 3].Array[1, 30], Gen.Int[0, 30].Array[1, 8]).Sample((steps, lengths) =>
        {
            List<PermitEvent> register = [Issue];
            register.AddRange(steps.Select((_, i) => new Reissued(Issue.On.AddDays(steps[..i].Sum() / 2))));
            var held = new List<PermitEvent>();
            foreach (var length in lengths.Select(length => Math.Min(length, register.Count)))
            {
                var batch = new BatchAdmission(Cases.Rulebook, held.Select(Says));
                var counter = new OccurrenceCounter();
                for (var line = 0; line < length; line++)
                {
                    batch.Add(new ImportLine(line + 1, Says(register[line]), counter.Count(Says(register[line]))));
                }

                Assert.Empty(batch.Rejected);
                Assert.Equal(length, batch.Admitted.Count + batch.AlreadyRecorded.Count);
                held.AddRange(batch.Admitted.Select(admitted => admitted.Statement.Event));
            }

            Assert.Equal(register.Take(lengths.Max(length => Math.Min(length, register.Count))), held);
        });

    private static PermitStatement Says(PermitEvent happening) => new(Number, happening);
}
