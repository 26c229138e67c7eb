using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Server.Hosting.Demo;

/// <summary>A permit to try.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Standing">Its standing today.</param>
internal sealed record DemoExample(PermitNumber Number, PermitKind Kind, Standing Standing);
