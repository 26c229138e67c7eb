using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Contract = Permits.Operations.V1;

namespace Verification.Server.Operations;

/// <summary>The calls of those who run the service.</summary>
[BindServiceMethod(typeof(BoundedOperations), nameof(BoundedOperations.Bind))]
internal sealed class OperationsRpc(NodeStatus status, Askers askers) : Contract.OperationsService.OperationsServiceBase
{
    /// <inheritdoc/>
    [Authorize(Policies.Operate)]
    public override Task<Contract.GetNodeStatusResponse> GetNodeStatus(Contract.GetNodeStatusRequest request, ServerCallContext context)
    {
        // An operator whose budget is used up must still see why: what is there is taken, and no more.
        askers.Of(context, ConsumerRoles.Operate).Budget.TakeUpTo(1);
        return Task.FromResult(status.Write());
    }
}
