using System.Text;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

/// <summary>Marked identity numbers and keys never come out: not in a log, an error, an answer, a metric, a trace or a file.</summary>
public sealed class PrivacyTests
{
    private const string Number = "BJ2024000017";
    private const string Holder = "110105199003072338";
    private const string Child = "110105201608140014";
    private const string Key = "pv_a-marked-key-that-is-nobodys";
    private const string Malformed = "110105199003072339";

    [Fact]
    public async Task IdentityNumbers_AllWaysThroughTheService_NeverComeOut()
    {
        var folder = TestServer.NewFolder();
        var said = new List<string>();
        using var telemetry = new CollectedTelemetry();
        await using (var server = await TestServer.StartAsync(
            folder,
            args: ["--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Grpc=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace"]))
        {
            await server.RecordAsync(Calls.Issued(Number, "2025-05-01", holder: Holder));
            var import = await server.ImportAsync("f", string.Join('\n', Lines()));
            said.AddRange(import.Select(response => response.ToString()));
            said.Add((await server.Registry.GetPermitAsync(new() { PermitNumber = Number })).ToString());
            foreach (var number in (string[])[Holder, Child, Malformed])
            {
                said.Add(await SayAsync(() => server.VerdictAsync(
                    new() { PermitNumber = Number, Subject = new Subject { Role = SubjectRole.Child, IdentityNumber = number } })));
                said.Add(await SayAsync(() => server.VerdictAsync(Calls.Check(number + number))));
                said.Add(await SayAsync(async () => await server.RecordAsync(Calls.Issued(number + "?", "2025-05-01", holder: number))));
                said.Add(await SayAsync(async () => await server.RecordAsync(
                    new() { PermitNumber = Number, On = Calls.Date(2026, 1, 1), DependantAdded = new() { Relation = SubjectRole.Child, IdNumber = number } })));
            }

            using (var housing = server.Connect("housing"))
            {
                // To the end of the budget of guesses, and beyond.
                for (var i = 0; i < 7; i++)
                {
                    said.Add(await SayAsync(async () => await new VerificationService.VerificationServiceClient(housing).VerifyPermitAsync(
                        new() { PermitNumber = Number, Subject = new Subject { IdentityNumber = Child } })));
                }
            }

            using (var wrong = server.Connect(Key))
            {
                said.Add(await SayAsync(async () => await new VerificationService.VerificationServiceClient(wrong).VerifyPermitAsync(Calls.Check(Number))));
            }

            Assert.Contains(said, text => text.Contains("GUESS_BUDGET_EXHAUSTED", StringComparison.Ordinal));
            Assert.Contains(said, text => text.Contains("CREDENTIAL_INVALID", StringComparison.Ordinal));
            Assert.NotEmpty(telemetry.Texts);
            AssertClean(telemetry.Texts);
            AssertClean(said);
            AssertClean(server.Logs.Texts);
            AssertClean(Directory.EnumerateFiles(folder).Select(Read));
        }

        AssertClean(Directory.EnumerateFiles(folder).Select(Read));
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<string> Lines() =>
    [
        $$"""{"permit":"{{Number}}","event":"dependant_added","on":"2025-06-01","relation":"child","id_number":"{{Child}}"}""",
        $$"""{"permit":"{{Number}}","event":"dependant_added","on":"2025-06-01","relation":"child","id_number":"{{Child}}"}""",
        $$"""{"permit":"{{Number}}","event":"dependant_added","on":"2025-06-01","relation":"child","id_number":"{{Malformed}}"}""",
        $$"""{"permit":"{{Holder}}{{Child}}","event":"{{Child}}","on":"{{Holder}}"}""",
        $$"""{"permit":"BJ2024000018","event":"issued","on":"{{Holder}}","kind":"{{Holder}}"}""",
    ];

    private static async Task<string> SayAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return $"{await call()}";
        }
        catch (RpcException error)
        {
            return $"{error} {string.Join(' ', error.GetRpcStatus()!.UnpackDetailMessages())}";
        }
    }

    /// <summary>The file may be open for writing.</summary>
    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static void AssertClean(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Assert.DoesNotContain(Holder[..17], text, StringComparison.Ordinal);
            Assert.DoesNotContain(Child, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain(TestConsumers.DigestOf(Key), text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
