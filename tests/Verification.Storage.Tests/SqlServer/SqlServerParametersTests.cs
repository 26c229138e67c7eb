using System.Globalization;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Verification.Core.Permits;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

/// <summary>A key compared with a parameter of another type would be converted row by row.</summary>
public sealed class SqlServerParametersTests
{
    private static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000001");

    [Fact]
    public void Parameters_OfColumns_AreOfTheColumnsTypesAndLengths()
    {
        var parameters = CommandCapture.ParametersOf(new DynamicParameters()
            .Permit(Number)
            .EventType("issued")
            .RequestId("one")
            .ImportId("file")
            .PrefixDigest("00ff")
            .RecordedBy("bureau")
            .Payload(null)
            .Date("effective_on", new DateOnly(2024, 3, 5))
            .Whole("sequence", 1)
            .Whole("bucket", 1)
            .Long("revision", 1)
            .Long("counter", 1)
            .Long("line", 1)
            .Bit("is_complete", true)
            .Id("batch_id", Guid.Empty)
            .Id("registry_id", Guid.Empty));

        Assert.Equal(16, parameters.Count);
        Assert.All(parameters, parameter => Assert.All(
            ColumnsLike(parameter.ParameterName.TrimStart('@')), column => Assert.Equal(column, TypeOf(parameter))));
    }

    [Fact]
    public void Permit_NamedParameter_IsOfTheKeysType()
    {
        var parameter = Assert.Single(CommandCapture.ParametersOf(new DynamicParameters().Permit(Number, "p17")));

        Assert.Equal(("p17", "varchar(24)", "BJ2024000001"), (parameter.ParameterName, TypeOf(parameter), (string)parameter.Value));
    }

    [Fact]
    public void Payload_LongText_IsNotCut()
    {
        var text = new string('x', 10_000);

        Assert.Equal(text, Assert.Single(CommandCapture.ParametersOf(new DynamicParameters().Payload(text))).Value);
    }

    /// <summary>The types of the columns whose name is the parameter's, but for case and underscores.</summary>
    private static List<string> ColumnsLike(string parameter)
    {
        var columns = MigrationScripts.Columns().Definitions
            .Where(column => string.Equals(
                column.ColumnIdentifier.Value.Replace("_", string.Empty, StringComparison.Ordinal),
                parameter.Replace("_", string.Empty, StringComparison.Ordinal),
                StringComparison.OrdinalIgnoreCase))
            .Select(column => TypeOf((SqlDataTypeReference)column.DataType))
            .ToList();
        Assert.NotEmpty(columns);
        return columns;
    }

    private static string TypeOf(SqlDataTypeReference type) => type.Parameters.Count == 0
        ? Name(type.SqlDataTypeOption.ToString())
        : $"{Name(type.SqlDataTypeOption.ToString())}({Name(type.Parameters[0].Value)})";

    private static string TypeOf(SqlParameter parameter) => parameter.Size switch
    {
        -1 => $"{Name(parameter.SqlDbType.ToString())}(max)",
        > 0 when parameter.Value is string => string.Create(CultureInfo.InvariantCulture, $"{Name(parameter.SqlDbType.ToString())}({parameter.Size})"),
        _ => Name(parameter.SqlDbType.ToString()),
    };

    private static string Name(string type) => type.ToLowerInvariant();
}
