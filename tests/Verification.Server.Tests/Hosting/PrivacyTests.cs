using System.Text;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

/// <summary>
/// Marked identity numbers and keys never come out: not in a log, an error, an answer, a metric, a trace or a file. Permits' numbers
/// stand in answers and in the registry, and nowhere else.
/// </summary>
public sealed class PrivacyTests
{
    private const string Number = "BJ2024000017";
    private const string Holder = "110105199003072338";
    private const string Child = "110105201608140014";
    private const string Key = "pv_a-marked-key-that-is-nobodys";
    private const string Parent = "11010519491231002X";
    private const string WideParent = "１１０１０５１９４９１２３１００２ｘ";
    private const string Passport = "EA7654321";
    private const string MalformedPassport = "EA7654321!";
    private const string Malformed = "110105199003072339";
    private const string Unknown = "BJ2024999999";
    private const string NewPermit = "JZ2025000017";

    private readonly List<string> _answers = [];
    private readonly List<string> _errors = [];

    [Fact]
    public async Task IdentityNumbers_AllWaysThroughTheService_NeverComeOut()
    {
        var folder = TestServer.NewFolder();
        using var audit = new AuditHome();
        using var telemetry = new CollectedTelemetry();
        await using (var server = await TestServer.StartAsync(
            folder,
            audit: audit,
            args: ["--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Grpc=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace"]))
        {
            await server.RecordAsync(Calls.Issued(Number, "2025-05-01", holder: Holder));
            var import = await server.ImportAsync("f", string.Join('\n', Lines()));
            _answers.AddRange(import.Select(response => response.ToString()));
            Assert.Equal(
                "2:NOT_ADMISSIBLE 3:INVALID_FIELD 4:MALFORMED_NUMBER 5:MALFORMED_NUMBER 6:INVALID_FIELD 7:INVALID_FIELD 8:INVALID_FIELD 9:MALFORMED_DATE",
                import.Report().Rejects);
            foreach (var number in (string[])[Holder, Child, Parent, WideParent, Malformed])
            {
                await SendForAPersonAsync(server, number);
            }

            foreach (var number in (string[])[Passport, MalformedPassport, Passport.ToLowerInvariant()])
            {
                await SendForAPersonAsync(server, number, IdentityDocument.Passport);
            }

            // One with a mistype in it is no identity number: elsewhere it is what anybody may write.
            foreach (var number in (string[])[Holder, Child, Parent, WideParent])
            {
                await SendForSomethingElseAsync(server, number);
            }

            await SayAsync(() => server.VerdictAsync(Calls.Check(Unknown)));
            await SayAsync(async () => await server.Registry.GetPermitAsync(new() { PermitNumber = Number }));
            using (var housing = server.Connect("housing"))
            {
                // To the end of the budget of guesses, and beyond.
                for (var i = 0; i < 7; i++)
                {
                    await SayAsync(async () => await new VerificationService.VerificationServiceClient(housing).VerifyPermitAsync(
                        new() { PermitNumber = Number, Subject = new Subject { IdentityNumber = Child } }));
                }
            }

            using (var wrong = server.Connect(Key))
            {
                await SayAsync(async () => await new VerificationService.VerificationServiceClient(wrong).VerifyPermitAsync(Calls.Check(Number)));
            }

            await server.RecordedAsync(server.Channel, Calls.Check(Number));
            await SayAsync(async () => await server.Auditor.ListRecordsAsync(new() { Query = AuditCalls.Always(), PageSize = 1_000 }));
            await SayAsync(async () => await server.Auditor.ListDisclosuresAsync(new() { PermitNumber = Number, PageSize = 1_000 }));
            Assert.Contains(_answers, text => text.Contains("identityDigest", StringComparison.Ordinal));
            await LoseTheIssueAsync(server);

            Assert.Contains(_errors, text => text.Contains("GUESS_BUDGET_EXHAUSTED", StringComparison.Ordinal));
            Assert.Contains(_errors, text => text.Contains("CREDENTIAL_INVALID", StringComparison.Ordinal));
            Assert.NotEmpty(telemetry.Texts);
            AssertNobody([.. telemetry.Texts, .. _answers, .. _errors, .. server.Logs.Texts, .. Directory.EnumerateFiles(folder).Select(Read)]);
            AssertNoPermit([.. telemetry.Texts, .. _errors, .. server.Logs.Texts]);
        }

        AssertNobody(Directory.EnumerateFiles(folder).Concat(Directory.EnumerateFiles(audit.Folder, "*", SearchOption.AllDirectories)).Select(Read));

        // Permits' numbers are packed there, so what was recorded is looked at too.
        Assert.Contains(audit.Records(), record => record.Identity is not null);
        AssertNobody(audit.Records().Select(record => $"{record}"));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Sends a number in every field that is meant for it.</summary>
    private async Task SendForAPersonAsync(TestServer server, string number, IdentityDocument document = IdentityDocument.Unspecified)
    {
        var subject = new Subject { Role = SubjectRole.Child, IdentityNumber = number, Document = document };
        var issued = Calls.Issued(Number, "2025-05-01", holder: number);
        issued.Issued.HolderDocument = document;
        await SayAsync(() => server.VerdictAsync(new() { PermitNumber = Number, Subject = subject }));
        await SayAsync(async () => await server.Permits.GetTimelineAsync(new() { PermitNumber = Number, Subject = subject }));
        await SayAsync(async () => await server.RecordAsync(issued));
        await SayAsync(async () => await server.RecordAsync(new()
        {
            PermitNumber = Number,
            On = Calls.Date(2026, 1, 1),
            DependantAdded = new() { Relation = SubjectRole.Child, IdNumber = number, IdDocument = document },
        }));
    }

    /// <summary>Sends a number in every field that is meant for a permit's or for text.</summary>
    private async Task SendForSomethingElseAsync(TestServer server, string number)
    {
        await SayAsync(() => server.VerdictAsync(Calls.Check(number)));
        await SayAsync(() => server.VerdictAsync(Calls.Check(number + number)));
        await SayAsync(() => server.VerdictAsync(new() { PermitNumber = Number, Reference = number }));
        await SayAsync(async () => await server.Registry.GetProceduresAsync(new() { PermitNumber = number }));
        await SayAsync(async () => await server.Permits.BatchVerifyPermitsAsync(new() { Checks = { Calls.Check(number), Calls.Check(Number) } }));
        await SayAsync(async () => await server.Permits.GetTimelineAsync(new() { PermitNumber = number }));
        await SayAsync(async () => await server.Registry.GetPermitAsync(new() { PermitNumber = number }));
        await SayAsync(async () => await server.Permits.GetCheckAsync(new() { CheckId = number }));
        await SayAsync(async () => await server.Auditor.ListRecordsAsync(new()
        {
            Query = AuditCalls.Always(query => (query.CheckId, query.PermitNumber, query.Consumer, query.Reference) = (number, number, number, number)),
            PageToken = number,
        }));
        await SayAsync(async () => await server.Auditor.ListDisclosuresAsync(new() { PermitNumber = number, PageToken = number }));
        await SayAsync(async () => await server.RecordAsync(Calls.Issued(number, "2025-05-01", holder: number)));
        await SayAsync(async () => await server.RecordAsync(Calls.Issued(number + "?", "2025-05-01", holder: number)));
        foreach (var happening in (PermitEvent[])[
            new() { EmployerChanged = new() { Employer = $"王{number}（个体）" } },
            new() { Cancelled = new() { Reason = $"{number}死亡" } },
            new() { Annulled = new() { Target = 1, Reason = $"王{number}" } },
            new() { Exchanged = new() { NewPermit = number } }])
        {
            happening.PermitNumber = Number;
            happening.On = Calls.Date(2026, 1, 1);
            await SayAsync(async () => await server.RecordAsync(happening));
        }
    }

    /// <summary>A damaged registry: what the store says of it is logged.</summary>
    private async Task LoseTheIssueAsync(TestServer server)
    {
        server.ExpectsError = _ => true;
        await using (var registry = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "registry.db")};Pooling=False"))
        {
            await registry.OpenAsync();
            await using var damage = registry.CreateCommand();
            damage.CommandText = "UPDATE event SET type = 'reissued', payload = NULL WHERE permit = 'BJ2024000017' AND sequence = 1";
            Assert.Equal(1, await damage.ExecuteNonQueryAsync());
        }

        await SayAsync(async () => await server.Registry.GetPermitAsync(new() { PermitNumber = Number }));
        Assert.Contains("REGISTRY_UNAVAILABLE", _errors[^1], StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines() =>
    [
        $$"""{"permit":"{{Number}}","event":"dependant_added","on":"2025-06-01","relation":"child","id_number":"{{Child}}"}""",
        $$"""{"permit":"{{Number}}","event":"dependant_added","on":"2025-06-01","relation":"child","id_number":"{{Child}}"}""",
        $$"""{"permit":"{{Number}}","event":"dependant_added","on":"2025-06-01","relation":"child","id_number":"{{Malformed}}"}""",
        $$"""{"permit":"{{Holder}}{{Child}}","event":"renewed","on":"{{Holder}}"}""",
        $$"""{"permit":"{{Holder}}","event":"renewed","on":"2025-06-01"}""",
        $$"""{"permit":"{{Number}}","event":"employer_changed","on":"2025-06-01","employer":"王{{WideParent}}（个体）"}""",
        $$"""{"permit":"{{Number}}","event":"cancelled","on":"2025-06-01","reason":"{{Parent}}死亡"}""",
        $$"""{"permit":"{{Number}}","event":"exchanged","on":"2025-06-01","new_permit":"{{Child}}"}""",
        $$"""{"permit":"BJ2024000018","event":"issued","on":"{{Holder}}","kind":"{{Holder}}"}""",
        $$"""{"permit":"{{NewPermit}}","event":"issued","on":"2025-06-01","kind":"residence_permit"}""",
    ];

    private async Task SayAsync<T>(Func<Task<T>> call)
    {
        try
        {
            _answers.Add($"{await call()}");
        }
        catch (RpcException error)
        {
            _errors.Add($"{error} {string.Join(' ', error.GetRpcStatus()!.UnpackDetailMessages())}");
        }
    }

    /// <summary>The file may be open for writing.</summary>
    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static void AssertNobody(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Assert.DoesNotContain(Holder[..17], text, StringComparison.Ordinal);
            Assert.DoesNotContain(Child, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Parent[..17], text, StringComparison.Ordinal);
            Assert.DoesNotContain(WideParent[..17], text, StringComparison.Ordinal);
            Assert.DoesNotContain(Passport, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain(TestConsumers.DigestOf(Key), text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static void AssertNoPermit(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Assert.DoesNotContain(Number, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Unknown, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(NewPermit, text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
