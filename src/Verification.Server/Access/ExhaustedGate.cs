using Verification.Server.Errors;
using Verification.Server.Limits;

namespace Verification.Server.Access;

/// <summary>
/// Ends the calls of a consumer whose budget is used up before they are read, and without an exception. Who walks through the number
/// space sends many of them; refused here, each costs little more than the bytes on the wire, so that others hardly notice.
/// </summary>
/// <param name="refusals">Takes note of them.</param>
internal sealed class ExhaustedGate(Refusals refusals)
{
    /// <summary>Ends a call, or passes it on.</summary>
    public RequestDelegate Before(RequestDelegate next) => context =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CostsChecksAttribute>() is not { } cost
            || context.Features.Get<Asker>() is not { } asker)
        {
            return next(context);
        }

        // Only looked at: the call itself takes what it costs.
        if ((cost.JustOne ? asker.Budget.TakeChecks(0) : asker.Budget.TakeUnknownOfBatch(0)) is not { } refusal)
        {
            return next(context);
        }

        refusals.Note(Refusal.Of(context), refusal);
        if (!cost.JustOne)
        {
            UnknownLeft.AddTo(context.Response.Headers, asker.Budget);
        }

        return TrailersOnly.WriteAsync(context, refusal);
    };
}
