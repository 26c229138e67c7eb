namespace Verification.Load.Driving;

/// <summary>What <c>h2load</c> printed.</summary>
/// <param name="Succeeded">Calls with an HTTP status 200, whatever gRPC says.</param>
/// <param name="Ok">Answers of that status.</param>
/// <param name="BodyBytes">The bytes of all bodies.</param>
/// <param name="Elapsed">How long it drove.</param>
internal sealed record H2LoadResult(long Succeeded, long Ok, long BodyBytes, TimeSpan Elapsed);
