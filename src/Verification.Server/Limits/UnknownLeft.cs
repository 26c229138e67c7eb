using System.Globalization;
using Grpc.Core;

namespace Verification.Server.Limits;

/// <summary>
/// The trailer that tells, with every batch, how many more unknown numbers batches and streams may ask for. It says no more of the
/// registry than the answers do: only numbers that were answered as unknown are taken from the budget.
/// </summary>
internal static class UnknownLeft
{
    /// <summary>The trailer's name.</summary>
    public const string Trailer = "verification-unknown-left";

    /// <summary>Adds it to the trailers of a call.</summary>
    public static void AddTo(Metadata trailers, Budget budget) => trailers.Add(Trailer, Of(budget));

    /// <summary>Adds it to the headers of an answer that has no body.</summary>
    public static void AddTo(IHeaderDictionary headers, Budget budget) => headers[Trailer] = Of(budget);

    private static string Of(Budget budget) => budget.UnknownLeftForBatches.ToString(CultureInfo.InvariantCulture);
}
