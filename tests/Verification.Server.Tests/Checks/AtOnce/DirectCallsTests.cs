using Google.Protobuf;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Checks.AtOnce;

/// <summary>A single check that is answered without the gRPC framework is answered as with it: one suite for both ways.</summary>
public sealed class DirectCallsTests
{
    private const string Number = "BJ2024000017";
    private const string Unknown = "BJ2024000018";
    private const string Holder = "110105199003072338";
    private const string Stranger = "11010519491231002X";

    private static readonly VerifyPermitRequest[] Checks =
    [
        Calls.Check(Number),
        Calls.Check("bj-2024 000017"),
        Calls.Check("ＢＪ２０２４０００017"),
        Calls.Check(Unknown),
        new() { PermitNumber = Number, Entitlements = { Entitlement.SchoolEnrollment } },
        new() { PermitNumber = Number, Entitlements = { Entitlement.UniversityEntranceExam, Entitlement.SchoolEnrollment, Entitlement.UniversityEntranceExam } },
        new() { PermitNumber = Number, AsOf = Calls.Date(2025, 4, 30) },
        new() { PermitNumber = Number, AsOf = Calls.Date(2025, 5, 1) },
        new() { PermitNumber = Number, AsOf = Calls.Date(2029, 5, 1) },
        new() { PermitNumber = Number, Through = Calls.Date(2026, 12, 31) },
        new() { PermitNumber = Number, Through = Calls.Date(2026, 3, 31), Reference = "2026-01/7" },
        new() { PermitNumber = Number, Reference = "2026-01/8" },
        new() { PermitNumber = Number, CardEdition = 1 },
        new() { PermitNumber = Number, CardEdition = 2 },
        new() { PermitNumber = Number, Subject = new() { Role = SubjectRole.Spouse } },
        new() { PermitNumber = Number, Subject = new() { IdentityNumber = Holder } },
        new() { PermitNumber = Number, Subject = new() { IdentityNumber = Stranger } },
        new() { PermitNumber = Number, Freshness = new() { AtLeastRevision = 1 } },
        new() { PermitNumber = Number, Freshness = new() { MaxStaleness = new() { Seconds = 3 } } },

        // Refused.
        new(),
        Calls.Check("BJ/2024/17"),
        Calls.Check(Holder),
        new() { PermitNumber = "bad", AsOf = Calls.Date(2026, 2, 30), CardEdition = 0 },
        new() { PermitNumber = Number, AsOf = Calls.Date(2026, 2, 30) },
        new() { PermitNumber = Number, AsOf = Calls.Date(1999, 12, 31) },
        new() { PermitNumber = Number, AsOf = Calls.Date(2031, 3, 11) },
        new() { PermitNumber = Number, Entitlements = { (Entitlement)99 } },
        new() { PermitNumber = Number, Entitlements = { Entitlement.SchoolEnrollment, Entitlement.HomePurchase } },
        new() { PermitNumber = Number, Entitlements = { Enumerable.Repeat(Entitlement.SchoolEnrollment, 19) } },
        new() { PermitNumber = Number, Reference = "two words" },
        new() { PermitNumber = Number, Reference = Holder },
        new() { PermitNumber = Number, Subject = new() { IdentityNumber = "1" } },
        new() { PermitNumber = Number, Freshness = new() { FullyConsistent = false } },
        new() { PermitNumber = Number, Freshness = new() { MaxStaleness = new() { Seconds = -1 } } },
    ];

    private static readonly string?[] Languages = [null, "zh-CN", "en"];

    /// <summary>For whom the framework must look something up, or read what is no message of the usual kind.</summary>
    private static readonly (string Name, byte[] Body)[] Others =
    [
        ("known at a revision", RawCalls.Frame(new VerifyPermitRequest { PermitNumber = Number, KnownAtRevision = 1 }.ToByteArray())),
        ("fully consistent", RawCalls.Frame(new VerifyPermitRequest { PermitNumber = Number, Freshness = new() { FullyConsistent = true } }.ToByteArray())),
        ("a revision that there is not", RawCalls.Frame(new VerifyPermitRequest { PermitNumber = Number, Freshness = new() { AtLeastRevision = 99 } }.ToByteArray())),
        ("another rulebook", RawCalls.Frame(new VerifyPermitRequest { PermitNumber = Number, RulebookVersion = "2026.1" }.ToByteArray())),
        ("a number never asked for", RawCalls.Frame(Calls.Check("BJ2024000019").ToByteArray())),
        ("no message", []),
        ("garbage", RawCalls.Frame([0xFF, 0xFF])),
        ("a text that is none", RawCalls.Frame([0x0A, 0x03, 0xFF, 0xFE, 0xFD])),
        ("two messages", [.. RawCalls.Frame(Calls.Check(Number).ToByteArray()), .. RawCalls.Frame(Calls.Check(Number).ToByteArray())]),
        ("a long message", RawCalls.Frame([.. Calls.Check(Number).ToByteArray(), .. Enumerable.Repeat<byte[]>([0x7A, 0x00], 600).SelectMany(it => it)])),
    ];

    [Theory]
    [InlineData("school")]
    [InlineData(TestConsumers.Authority)]
    public async Task VerifyPermit_EveryKindOfCheck_IsAnsweredAndRecordedAsByTheFramework(string key)
    {
        var direct = await AnswersAsync(key, byFramework: false);
        var framework = await AnswersAsync(key, byFramework: true);

        Assert.Equal(framework.Answers, direct.Answers);
        Assert.Equal(framework.Records, direct.Records);
        Assert.Equal((Languages.Length * Checks.Length) + Others.Length, framework.ByFramework);
        Assert.Equal(Others.Length, direct.ByFramework);
    }

    /// <summary>Budgets are used up by the same checks, and what is refused for that is refused alike.</summary>
    [Theory]
    [InlineData("Batches=false", "CheckBurst=3", "ChecksPerSecond=1")]
    [InlineData("UnknownBurst=2", "UnknownPerMinute=1")]
    [InlineData("WrongGuessesPerDay=1")]
    public async Task VerifyPermit_BudgetIsUsedUp_IsRefusedAsByTheFramework(params string[] limits)
    {
        Assert.Equal(await SpentAsync(limits, byFramework: true), await SpentAsync(limits, byFramework: false));
    }

    [Fact]
    public async Task VerifyPermit_KeyIsTakenBack_IsNoLongerLetIn()
    {
        var counted = new CountedFramework();
        await using var server = await StartAsync(counted);
        using var calls = new RawCalls(server, "school", byFramework: false);
        await calls.PostAsync(Calls.Check(Number).ToByteArray());
        Assert.Contains("grpc-status=0", await calls.PostAsync(Calls.Check(Number).ToByteArray()), StringComparison.Ordinal);
        Assert.Equal((2, 1), (counted.All, counted.ByFramework));

        server.Service<Server.Access.Consumers.ConsumerDirectory>().Replace(Server.Access.Consumers.ConsumerSet.Empty);

        Assert.Contains("grpc-status=16", await calls.PostAsync(Calls.Check(Number).ToByteArray()), StringComparison.Ordinal);
    }

    /// <summary>The body comes when the call is under way already.</summary>
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task VerifyPermit_BodyComesLate_IsAnswered(bool hasDeadline, int byFramework)
    {
        var counted = new CountedFramework();
        await using var server = await StartAsync(counted);
        using var calls = new RawCalls(server, "school", byFramework: false);
        await calls.PostAsync(Calls.Check(Number).ToByteArray());
        var before = counted.ByFramework;
        var body = new LateContent(RawCalls.Frame(Calls.Check(Number).ToByteArray()), () => counted.All == 2);

        var answer = await calls.PostAsync(body, hasDeadline ? [("grpc-timeout", "30S")] : []);

        Assert.Contains("grpc-status=0", answer, StringComparison.Ordinal);
        Assert.Equal(byFramework, counted.ByFramework - before);
    }

    private static async Task<(List<string> Answers, List<string> Records, int ByFramework)> AnswersAsync(string key, bool byFramework)
    {
        var counted = new CountedFramework();
        await using var server = await StartAsync(counted);
        using var calls = new RawCalls(server, key, byFramework);
        await calls.PostAsync(Calls.Check(Number).ToByteArray());
        await calls.PostAsync(Calls.Check(Unknown).ToByteArray());
        var before = counted.ByFramework;
        var answers = new List<string>();
        foreach (var language in Languages)
        {
            foreach (var check in Checks)
            {
                answers.Add($"{check} {language}: {await calls.PostAsync(check.ToByteArray(), language is null ? [] : [("accept-language", language)])}");
            }
        }

        foreach (var (name, body) in Others)
        {
            answers.Add($"{name}: {await calls.PostAsync(new ByteArrayContent(body))}");
        }

        var framework = counted.ByFramework - before;
        var records = (await server.RecordsAsync()).Select(record => (record with { CheckId = default, Entitlements = [], Decisions = [] }).ToString()
            + string.Join(',', record.Entitlements) + string.Join(',', record.Decisions));
        return (answers, [.. records], framework);
    }

    private static async Task<List<string>> SpentAsync(string[] limits, bool byFramework)
    {
        var counted = new CountedFramework();
        await using var server = await StartAsync(
            counted, [.. TestConsumers.School("north", [$"Keys:0:Sha256={TestConsumers.DigestOf("north")}", .. limits.Select(limit => $"Limits:{limit}")])]);
        await server.VerdictAsync(Calls.Check(Unknown));
        using var calls = new RawCalls(server, "north", byFramework);
        var answers = new List<string>();
        VerifyPermitRequest[] checks =
        [
            Calls.Check(Unknown),
            new() { PermitNumber = Number, Subject = new() { IdentityNumber = Stranger } },
            Calls.Check(Unknown),
            Calls.Check(Number),
            Calls.Check("bad"),
            new() { PermitNumber = Number, Subject = new() { IdentityNumber = Holder } },
            Calls.Check(Number),
        ];
        foreach (var check in checks)
        {
            answers.Add($"{check}: {await calls.PostAsync(check.ToByteArray())}");
        }

        return answers;
    }

    private static async Task<TestServer> StartAsync(CountedFramework counted, params string[] args)
    {
        var server = await TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<IStartupFilter>(counted), args: args);
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01", holder: Holder));
        await server.VerdictAsync(Calls.Check(Number));
        counted.Reset();
        return server;
    }

    /// <summary>Bytes that are sent when something has happened.</summary>
    private sealed class LateContent(byte[] bytes, Func<bool> when) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.FlushAsync(TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(when, "The call did not come.");
            await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
