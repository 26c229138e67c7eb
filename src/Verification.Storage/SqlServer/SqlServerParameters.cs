using System.Data;
using Dapper;
using Verification.Core.Permits;

namespace Verification.Storage.SqlServer;

/// <summary>
/// Parameters of exactly the columns' types and lengths. A key compared with a parameter of another type would be converted row by
/// row, and every lookup would scan the table.
/// </summary>
internal static class SqlServerParameters
{
    private const int MaxType = 32;
    private const int MaxConsumer = 64;
    private const int MaxRequestId = 64;
    private const int MaxImportId = 128;
    private const int MaxDigest = 64;
    private const int Unlimited = -1;

    public static DynamicParameters Permit(this DynamicParameters parameters, PermitNumber number, string name = "permit") =>
        parameters.Ascii(name, number.ToString(), PermitNumber.MaxLength);

    public static DynamicParameters EventType(this DynamicParameters parameters, string value) => parameters.Ascii("type", value, MaxType);

    public static DynamicParameters RequestId(this DynamicParameters parameters, string value) =>
        parameters.Ascii("requestId", value, MaxRequestId);

    public static DynamicParameters ImportId(this DynamicParameters parameters, string value) =>
        parameters.Ascii("importId", value, MaxImportId);

    public static DynamicParameters PrefixDigest(this DynamicParameters parameters, string value) =>
        parameters.Ascii("prefixDigest", value, MaxDigest);

    public static DynamicParameters RecordedBy(this DynamicParameters parameters, string value) =>
        parameters.Typed("recordedBy", value, DbType.String, MaxConsumer);

    public static DynamicParameters Payload(this DynamicParameters parameters, string? value) =>
        parameters.Typed("payload", value, DbType.AnsiString, Unlimited);

    public static DynamicParameters Date(this DynamicParameters parameters, string name, DateOnly value) =>
        parameters.Typed(name, value.ToDateTime(TimeOnly.MinValue), DbType.Date);

    public static DynamicParameters Whole(this DynamicParameters parameters, string name, int value) =>
        parameters.Typed(name, value, DbType.Int32);

    public static DynamicParameters Long(this DynamicParameters parameters, string name, long value) =>
        parameters.Typed(name, value, DbType.Int64);

    public static DynamicParameters Bit(this DynamicParameters parameters, string name, bool value) =>
        parameters.Typed(name, value, DbType.Boolean);

    public static DynamicParameters Id(this DynamicParameters parameters, string name, Guid value) =>
        parameters.Typed(name, value, DbType.Guid);

    private static DynamicParameters Ascii(this DynamicParameters parameters, string name, string value, int size) =>
        parameters.Typed(name, value, DbType.AnsiString, size);

    private static DynamicParameters Typed(this DynamicParameters parameters, string name, object? value, DbType type, int? size = null)
    {
        parameters.Add(name, value, type, ParameterDirection.Input, size);
        return parameters;
    }
}
