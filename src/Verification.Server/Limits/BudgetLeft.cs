namespace Verification.Server.Limits;

/// <summary>What is left to one consumer on this node, in whole.</summary>
/// <param name="Limits">How much it may do.</param>
/// <param name="Checks">Checks.</param>
/// <param name="Unknown">Unknown numbers that are asked for one by one.</param>
/// <param name="UnknownOfBatches">Unknown numbers of batches and streams.</param>
/// <param name="Streams">Streams that may be opened.</param>
internal readonly record struct BudgetLeft(ConsumerLimits Limits, int Checks, int Unknown, int UnknownOfBatches, int Streams);
