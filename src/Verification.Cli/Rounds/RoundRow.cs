using Permits.Verification.V1;

namespace Verification.Cli.Rounds;

/// <summary>One row of the input: a check to ask, or why there is none.</summary>
internal readonly record struct RoundRow(VerifyPermitRequest? Check, RowFault? Fault);
