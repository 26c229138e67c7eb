namespace Verification.Audit.Format;

/// <summary>How far a block has come, as its bytes tell.</summary>
internal enum BlockState
{
    /// <summary>Nothing was written.</summary>
    None,

    /// <summary>Records, and nothing behind them yet.</summary>
    Open,

    /// <summary>It was ended. Hash and head may be there or not.</summary>
    Ended,

    /// <summary>It goes on with bytes that are no part of a block.</summary>
    Broken,
}
