using System.Globalization;
using System.Text;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Faults;

/// <summary>Permits of which each was issued on a day of its own, so that an answer about another one shows.</summary>
internal static class Registered
{
    private static readonly DateOnly First = new(2020, 1, 1);

    private static readonly DateOnly AskedOn = new(2026, 3, 10);

    public static string Number(int i) => $"BJ2020{i:000000}";

    /// <summary>Records permits 0 to count − 1.</summary>
    public static async Task ImportAsync(TestServer server, int count)
    {
        var lines = Enumerable.Range(0, count).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"permit": "{{Number(i)}}", "event": "issued", "on": "{{IssuedOn(i):yyyy-MM-dd}}", "kind": "residence_permit"}"""));
        var report = await server.ImportAsync("registered", [Encoding.UTF8.GetBytes(string.Join('\n', lines))]);
        Assert.Equal(count, report[^1].EventsLoaded);
    }

    public static VerifyPermitRequest Check(int i) => new() { PermitNumber = Number(i), AsOf = Of(AskedOn) };

    /// <summary>Fails unless an answer is the one about permit i.</summary>
    public static void AssertAnswers(int i, VerifyPermitResponse answer)
    {
        Assert.Equal(Number(i), answer.Verdict.PermitNumber);
        Assert.Equal(Of(IssuedOn(i)), answer.Verdict.IssuedOn);
    }

    /// <summary>Checks permit i, within two seconds, which is what a load may take.</summary>
    /// <returns>Where the answer came from.</returns>
    public static async Task<Source> AskAsync(TestServer server, int i)
    {
        var answer = await server.Permits.VerifyPermitAsync(Check(i), deadline: Soon);
        AssertAnswers(i, answer);
        return answer.Provenance.Source;
    }

    /// <summary>Checks permits in one batch, within two seconds.</summary>
    /// <returns>Where the answers came from.</returns>
    public static async Task<Source[]> AskAsync(TestServer server, IEnumerable<int> permits)
    {
        var asked = permits.ToArray();
        var answers = await server.Permits.BatchVerifyPermitsAsync(
            new BatchVerifyPermitsRequest { Checks = { asked.Select(Check) } }, deadline: Soon);
        Assert.Equal(asked.Length, answers.Items.Count);
        foreach (var (i, item) in asked.Zip(answers.Items))
        {
            Assert.Null(item.Error);
            AssertAnswers(i, item.Response);
        }

        return [.. answers.Items.Select(item => item.Response.Provenance.Source)];
    }

    private static DateTime Soon => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(2);

    private static DateOnly IssuedOn(int i) => First.AddDays(i % 2_000);

    private static Google.Type.Date Of(DateOnly date) => Calls.Date(date.Year, date.Month, date.Day);
}
