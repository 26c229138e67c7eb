using Grpc.Core;
using Grpc.Net.Client;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;
using static Verification.Server.Tests.Support.Calls;

namespace Verification.Server.Tests.Checks;

/// <summary>A consumer that must bring an identity number with every check, and is told of a permit only with one that is on it.</summary>
public sealed class IdentityRequiredTests : IAsyncLifetime
{
    private const string Held = "BJ2024000017";
    private const string HolderOfPassport = "BJ2024000018";
    private const string FamilyOnly = "BJ2024000019";
    private const string Bare = "BJ2024000020";
    private const string Coming = "BJ2024000021";
    private const string OneDay = "BJ2024000022";
    private const string Holder = "110105199003072338";
    private const string Child = "110105201608140014";

    private static readonly (StatusCode Code, string Reason) NotMatched = (StatusCode.PermissionDenied, "IDENTITY_NOT_MATCHED");
    private static readonly (StatusCode Code, string Reason) Required = (StatusCode.InvalidArgument, "IDENTITY_REQUIRED");

    private TestServer _server = null!;
    private GrpcChannel _channel = null!;
    private VerificationService.VerificationServiceClient _school = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(
            now: new DateTimeOffset(2026, 12, 1, 4, 0, 0, TimeSpan.Zero),
            args: ["--Verification:Consumers:school:RequireIdentity=true", "--Verification:Consumers:school:Limits:WrongGuessesPerDay=4"]);
        _channel = _server.Connect("school");
        _school = new(_channel);
        await _server.RecordAsync(Issued(Held, "2026-05-01", holder: Holder));
        await _server.RecordAsync(new() { PermitNumber = Held, On = Date("2026-06-01"), DependantAdded = new() { Relation = SubjectRole.Child, IdNumber = Child } });
        var passport = Issued(HolderOfPassport, "2026-05-01", holder: " e-1234567 ");
        passport.Issued.HolderDocument = IdentityDocument.Passport;
        await _server.RecordAsync(passport);
        await _server.RecordAsync(Issued(FamilyOnly, "2026-05-01"));
        await _server.RecordAsync(new() { PermitNumber = FamilyOnly, On = Date("2026-06-01"), DependantAdded = new() { Relation = SubjectRole.Child, IdNumber = Child } });
        await _server.RecordAsync(Issued(Bare, "2026-05-01"));
        await _server.RecordAsync(Issued(OneDay, "2026-05-01"));
        await _server.RecordAsync(new() { PermitNumber = OneDay, On = Date("2026-06-01"), DependantAdded = new() { Relation = SubjectRole.Child, IdNumber = Child } });
        await _server.RecordAsync(new() { PermitNumber = OneDay, On = Date("2026-06-01"), DependantRemoved = new() { Relation = SubjectRole.Child, IdNumber = Child } });
        await _server.RecordAsync(Issued(Coming, "2027-01-15", holder: Holder));
    }

    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return _server.DisposeAsync();
    }

    [Theory]
    [InlineData(Held, SubjectRole.Holder, Holder, IdentityDocument.Unspecified, "Matched")]
    [InlineData(Held, SubjectRole.Child, Child, IdentityDocument.ResidentIdentityCard, "Matched")]
    [InlineData(Held, SubjectRole.Child, Holder, IdentityDocument.Unspecified, null)]
    [InlineData(Held, SubjectRole.Holder, "E1234567", IdentityDocument.Passport, null)]
    [InlineData(HolderOfPassport, SubjectRole.Holder, "Ｅ1234567", IdentityDocument.Passport, "Matched")]
    [InlineData(HolderOfPassport, SubjectRole.Holder, "E1234567", IdentityDocument.TaiwanPermit, null)]
    [InlineData(FamilyOnly, SubjectRole.Child, Child, IdentityDocument.Unspecified, "Matched")]
    [InlineData(FamilyOnly, SubjectRole.Holder, Holder, IdentityDocument.Unspecified, null)]
    [InlineData(Bare, SubjectRole.Holder, Holder, IdentityDocument.Unspecified, "NotChecked")]
    [InlineData(Bare, SubjectRole.Child, Child, IdentityDocument.Unspecified, null)]
    [InlineData(Coming, SubjectRole.Holder, Holder, IdentityDocument.Unspecified, null)]
    [InlineData(OneDay, SubjectRole.Holder, Holder, IdentityDocument.Unspecified, null)]
    [InlineData("BJ9999999999", SubjectRole.Holder, Holder, IdentityDocument.Unspecified, "NotChecked")]
    public async Task EveryCall_IdentityBrought_IsAnsweredWhereItIsThePermitsOrNoneIsHeld(
        string number, SubjectRole role, string identity, IdentityDocument document, string? match)
    {
        var subject = new Subject { Role = role, IdentityNumber = identity, Document = document };
        var check = new VerifyPermitRequest { PermitNumber = number, Subject = subject };

        var batch = await _school.BatchVerifyPermitsAsync(new() { Checks = { check } });

        Assert.Equal(match, batch.Items[0].Response?.Verdict.SubjectMatch.ToString());
        if (match is null)
        {
            Assert.Equal(NotMatched, await ErrorOfAsync(async () => await _school.VerifyPermitAsync(check)));
            Assert.Equal((int)Google.Rpc.Code.PermissionDenied, batch.Items[0].Error.Code);
            Assert.Equal(NotMatched, await ErrorOfAsync(async () => await _school.GetTimelineAsync(new() { PermitNumber = number, Subject = subject })));
        }
        else
        {
            Assert.Equal(match, (await _school.VerifyPermitAsync(check)).Verdict.SubjectMatch.ToString());
            Assert.Equal(number, (await _school.GetTimelineAsync(new() { PermitNumber = number, Subject = subject })).PermitNumber);
        }
    }

    [Fact]
    public async Task EveryCall_WithoutAnIdentity_IsRefusedWhateverTheNumber()
    {
        foreach (var number in (string[])[Held, "BJ9999999999"])
        {
            foreach (var subject in (Subject?[])[null, new() { Role = SubjectRole.Child }, new() { Document = IdentityDocument.Passport }])
            {
                var check = new VerifyPermitRequest { PermitNumber = number, Subject = subject, CardEdition = 1 };
                Assert.Equal(Required, await ErrorOfAsync(async () => await _school.VerifyPermitAsync(check)));
                Assert.Equal(Required, await ErrorOfAsync(async () => await _school.GetTimelineAsync(new() { PermitNumber = number, Subject = subject })));
                var item = (await _school.BatchVerifyPermitsAsync(new() { Checks = { check } })).Items[0];
                Assert.Equal("subject.identity_number:IDENTITY_REQUIRED", WrongFieldsOf(item.Error));
            }
        }
    }

    /// <summary>Also where the number stays unchecked: or it could be tried on roles without end.</summary>
    [Theory]
    [InlineData(Held, SubjectRole.Holder, Child)]
    [InlineData(FamilyOnly, SubjectRole.Holder, Holder)]
    [InlineData(Coming, SubjectRole.Holder, Holder)]
    public async Task Verify_NotMatched_CountsAsAWrongGuess(string number, SubjectRole role, string identity)
    {
        var check = new VerifyPermitRequest { PermitNumber = number, Subject = new() { Role = role, IdentityNumber = identity } };
        for (var guess = 0; guess < 4; guess++)
        {
            Assert.Equal(NotMatched, await ErrorOfAsync(async () => await _school.VerifyPermitAsync(check)));
        }

        Assert.Equal(
            (StatusCode.ResourceExhausted, "GUESS_BUDGET_EXHAUSTED"), await ErrorOfAsync(async () => await _school.VerifyPermitAsync(check)));
    }

    [Fact]
    public async Task Verify_ConsumerThatNeedNotIdentify_IsAnsweredAsEver()
    {
        var mismatched = await _server.VerdictAsync(new() { PermitNumber = Held, Subject = new() { IdentityNumber = Child } });

        Assert.Equal(SubjectMatch.NotMatched, mismatched.SubjectMatch);
        Assert.Equal(SubjectMatch.NotChecked, (await _server.VerdictAsync(Check(Held))).SubjectMatch);
    }
}
