namespace Verification.Cli.Rounds;

/// <summary>What a row of the input may say.</summary>
internal enum Field
{
    /// <summary>The permit's number.</summary>
    Number,

    /// <summary>The identity number of who wants to benefit.</summary>
    Identity,

    /// <summary>The document that it is of.</summary>
    Document,

    /// <summary>The role of who wants to benefit.</summary>
    Role,

    /// <summary>The caller's own case number.</summary>
    Reference,
}
