using Verification.Server.Errors;
using Verification.Server.Limits;

namespace Verification.Server.Access;

/// <summary>
/// Takes what the largest allowed message takes for one that was refused unread: sending what is too large or no message must not be
/// cheaper than asking.
/// </summary>
internal sealed class UnreadCost : IUnreadMessages
{
    /// <inheritdoc/>
    public void Refused(HttpContext context)
    {
        // Who has less left than that is refused already for what is no message; there is no more to say.
        if (context.GetEndpoint()?.Metadata.GetMetadata<CostsChecksAttribute>() is { } cost && context.Features.Get<Asker>() is { } asker)
        {
            asker.Budget.TakeUpTo(cost.JustOne ? 1 : MessageBounds.MaxChecks);
        }
    }
}
