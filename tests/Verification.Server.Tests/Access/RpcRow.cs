using Verification.Server.Access.Consumers;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Tests.Access;

/// <summary>A call of the access table.</summary>
/// <param name="Name">The method; with a slash and a field where naming that field needs a role of its own.</param>
/// <param name="Role">The role that it needs; none where any consumer may call.</param>
/// <param name="CallAsync">Calls it about an entitlement, which only some calls name; tells what was answered, or throws.</param>
/// <param name="NamesEntitlement">Whether it names the entitlement, and is refused out of scope.</param>
internal sealed record RpcRow(
    string Name, ConsumerRoles Role, Func<Caller, Contract.Entitlement, Task<string>> CallAsync, bool NamesEntitlement = false)
{
    /// <summary>The method.</summary>
    public string Method => Name.Split('/')[0];

    /// <summary>A call that names no entitlement.</summary>
    public static RpcRow Of(string name, ConsumerRoles role, Func<Caller, Task> callAsync) => new(
        name,
        role,
        async (caller, _) =>
        {
            await callAsync(caller);
            return "OK";
        });
}
