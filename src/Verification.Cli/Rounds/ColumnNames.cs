namespace Verification.Cli.Rounds;

/// <summary>The columns of a table, as its first row names them, in upper or lower case.</summary>
/// <param name="Number">The permits' numbers.</param>
/// <param name="Identity">Identity numbers; null where there are none. So are the others.</param>
/// <param name="Document">The documents that they are of.</param>
/// <param name="Role">Roles.</param>
/// <param name="Reference">Case numbers.</param>
internal sealed record ColumnNames(string Number, string? Identity, string? Document, string? Role, string? Reference)
{
    /// <summary>The column of permit numbers where no option names another.</summary>
    public const string DefaultNumber = "permit_number";

    public string? this[Field field] => field switch
    {
        Field.Number => Number,
        Field.Identity => Identity,
        Field.Document => Document,
        Field.Role => Role,
        Field.Reference => Reference,
        _ => null,
    };
}
