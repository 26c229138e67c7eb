using Dapper;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Permits.Verification.V1;

namespace Verification.Load.Yardsticks;

/// <summary>(c) The echo, after one query with Dapper on the same store, run off the request's thread, as SQLite's calls block theirs.</summary>
internal sealed class DapperService(YardstickSettings settings) : VerificationService.VerificationServiceBase
{
    private const string Load =
        """
        SELECT revision AS Revision, type AS Type, effective_on AS EffectiveOn, payload AS Payload, recorded_at AS RecordedAt, recorded_by AS RecordedBy
        FROM event WHERE permit = @permit ORDER BY sequence
        """;

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = settings.Registry,
        Mode = SqliteOpenMode.ReadWrite,
    }.ToString();

    /// <inheritdoc/>
    public override async Task<VerifyPermitResponse> VerifyPermit(VerifyPermitRequest request, ServerCallContext context)
    {
        var events = await Task.Run(() =>
        {
            using var connection = new SqliteConnection(_connectionString);
            return connection.Query<Row>(Load, new { permit = request.PermitNumber }).AsList();
        });
        return events.Count > 0 ? FixedAnswers.One : throw new RpcException(new Status(StatusCode.NotFound, "There is no such permit."));
    }

    private sealed record Row(long Revision, string Type, string EffectiveOn, string? Payload, long RecordedAt, string RecordedBy);
}
