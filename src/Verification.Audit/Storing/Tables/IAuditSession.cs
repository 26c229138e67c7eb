namespace Verification.Audit.Storing.Tables;

/// <summary>One connection to the database at work, in one transaction.</summary>
internal interface IAuditSession
{
    /// <summary>All rows that a statement answers.</summary>
    Task<List<T>> QueryAsync<T>(string statement, object? parameters = null);

    /// <summary>How many rows a statement changed.</summary>
    Task<int> ExecuteAsync(string statement, object? parameters = null);
}
