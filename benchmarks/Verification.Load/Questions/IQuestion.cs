namespace Verification.Load.Questions;

/// <summary>What is asked, call by call, and what must be answered. Safe for use by many threads.</summary>
internal interface IQuestion
{
    /// <summary>The method's name.</summary>
    string Rpc { get; }

    /// <summary>Who asks.</summary>
    string ApiKey { get; }

    /// <summary>How many checks a call has.</summary>
    int Checks { get; }

    /// <summary>The refusal that is expected, by its reason; null where an answer is.</summary>
    string? Refusal { get; }

    /// <summary>The message that every call sends, as gRPC frames it; null where they differ.</summary>
    byte[]? OnlyMessage { get; }

    /// <summary>Writes a call's message, as gRPC frames it.</summary>
    /// <returns>Its length.</returns>
    int Write(int call, byte[] buffer);

    /// <summary>Whether this is the right answer to that call.</summary>
    bool IsRight(int call, in Answer answer);
}
