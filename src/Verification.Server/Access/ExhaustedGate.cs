using Verification.Server.Errors;
using Verification.Server.Limits;


namespace Verification.Server.Access;

/// <summary>
/// Ends the calls of a consumer whose budget is used up before they are read, and without an exception. Who walks through the number
/// space sends many of them; refused here, each costs little more than the bytes on the wire, so that others hardly notice.
/// </summary>
/// <param name="refusals">Counts them.</param>
internal sealed class ExhaustedGate(Refusals refusals)
{
    /// <summary>Ends a call, or passes it on.</summary>
    public RequestDelegate Before(RequestDelegate next) => context =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CostsChecksAttribute>() is not { } cost
            || context.User.Identity is not ConsumerIdentity identity)
        {
            return next(context);
        }

        // Only looked at: the call itself takes what it costs.
        var consumer = identity.AccessDecision.Consumer;
        if ((cost.JustOne ? consumer.TakeChecks(0) : consumer.TakeUnknown(0)) is not { } refusal)
        {
            return next(context);
        }

        refusals.Count(consumer.Name, refusal);
        return TrailersOnly.WriteAsync(context, refusal, StatusCodes.Status503ServiceUnavailable);
    };
}
