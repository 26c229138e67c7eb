using Google.Type;
using Grpc.Core;
using Permits.Registry.V1;
using Verification.Cli.Input;

namespace Verification.Cli.Commands;

/// <summary>The event that an annulment takes back, as the registry holds it.</summary>
internal static class AnnulmentTarget
{
    /// <summary>Asks the registry for it; null where the permit has no event at that place, which the service refuses by itself.</summary>
    public static async Task<PermitEvent?> FindAsync(CommandContext context, PermitEvent annulment, CancellationToken cancellationToken)
    {
        var request = new GetPermitRequest { PermitNumber = annulment.PermitNumber };
        var answer = await ReadAsync(context, request, cancellationToken);
        return answer.Events.FirstOrDefault(recorded => recorded.Place == annulment.Annulled.Target)?.Event;
    }

    /// <summary>The date of an annulment whose date nobody named: today, but never before what it annuls.</summary>
    public static Date DateOf(PermitEvent? target, Date today) =>
        target?.On is { } on && on.ToDateOnly() > today.ToDateOnly() ? on : today;

    private static async Task<GetPermitResponse> ReadAsync(CommandContext context, GetPermitRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Client.Registry.GetPermitAsync(request, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.ResourceExhausted)
        {
            // Reading has budgets that recording has not.
            context.Errors.Note(Say("with --on DATE the event to annul need not be read", "给出 --on DATE 就不必读取要更正的事项"));
            throw;
        }
    }
}
