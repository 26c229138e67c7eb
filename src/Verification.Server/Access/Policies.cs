using Microsoft.AspNetCore.Authorization;
using Verification.Core.Permits;
using Verification.Server.Access.Consumers;

namespace Verification.Server.Access;

/// <summary>The authorization policies: one for each role that calls need, and "any consumer" for everything that says nothing.</summary>
internal static class Policies
{
    /// <summary>Role <c>verify</c>.</summary>
    public const string Verify = nameof(ConsumerRoles.Verify);

    /// <summary>Role <c>register</c>.</summary>
    public const string Register = nameof(ConsumerRoles.Register);

    /// <summary>Role <c>audit</c>.</summary>
    public const string Audit = nameof(ConsumerRoles.Audit);

    /// <summary>Role <c>operate</c>.</summary>
    public const string Operate = nameof(ConsumerRoles.Operate);

    /// <summary>Adds the policies.</summary>
    public static void Add(AuthorizationOptions options)
    {
        options.FallbackPolicy = options.DefaultPolicy;
        foreach (var role in Enum.GetValues<ConsumerRoles>())
        {
            options.AddPolicy(role.ToString(), policy => policy.RequireAuthenticatedUser().RequireRole(CodeNames.NameOf(role)));
        }
    }
}
