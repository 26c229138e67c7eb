namespace Verification.Server.Errors;

/// <summary>Keeps a record of what was not answered.</summary>
internal interface IRefusalRecords
{
    /// <summary>Takes a refusal. Whatever becomes of its record, the call stays refused.</summary>
    /// <param name="refusal">What was refused.</param>
    /// <param name="reason">Why, by its reason.</param>
    void Take(in Refusal refusal, string reason);
}
