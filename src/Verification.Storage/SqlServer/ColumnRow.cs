namespace Verification.Storage.SqlServer;

/// <summary>A column of a table that has a name of the registry's.</summary>
internal sealed class ColumnRow
{
    public string TableName { get; init; } = string.Empty;

    public string ColumnName { get; init; } = string.Empty;
}
