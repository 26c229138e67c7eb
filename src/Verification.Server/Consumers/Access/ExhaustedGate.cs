using Verification.Server.Consumers.Limits;

namespace Verification.Server.Consumers.Access;

/// <summary>
/// Ends the calls of a consumer whose budget of unknown numbers is used up, before they are read. Who walks through the number space
/// sends many of them; refused here, each costs a fraction of a check, so that others hardly notice.
/// </summary>
internal static class ExhaustedGate
{
    /// <summary>Ends a call, or passes it on.</summary>
    public static RequestDelegate Before(RequestDelegate next) => context =>
        context.GetEndpoint()?.Metadata.GetMetadata<CostsChecksAttribute>() is not null
        && context.User.Identity is ConsumerIdentity identity
        && identity.Admission.Consumer.TakeUnknown(0) is { } refusal
            ? TrailersOnly.WriteAsync(context, refusal, StatusCodes.Status503ServiceUnavailable)
            : next(context);
}
