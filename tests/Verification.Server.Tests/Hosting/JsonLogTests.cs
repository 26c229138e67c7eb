using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Verification.Server.Telemetry;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

public sealed class JsonLogTests
{
    /// <summary>A log is read by programs, of any country.</summary>
    [Fact]
    public void Write_FieldsThatAreDates_AreIso()
    {
        var fields = new Dictionary<string, object?>
        {
            ["Until"] = new DateTime(2027, 12, 1, 0, 0, 0, DateTimeKind.Utc),
            ["At"] = new DateTimeOffset(2027, 12, 1, 8, 0, 0, TimeSpan.FromHours(8)),
            ["On"] = new DateOnly(2027, 12, 1),
            ["Count"] = 17,
        };
        using var written = new StringWriter();

        new JsonLogFormatter(new FakeTimeProvider(TestServer.Now)).Write(
            new LogEntry<Dictionary<string, object?>>(LogLevel.Information, "Tests", new EventId(1), fields, null, (_, _) => "text"), null, written);

        var told = JsonDocument.Parse(written.ToString()).RootElement.GetProperty("fields");
        Assert.Equal(
            ["2027-12-01T00:00:00.0000000Z", "2027-12-01T08:00:00.0000000+08:00", "2027-12-01", "17"],
            told.EnumerateObject().Select(field => field.Value.GetString()));
    }
}
