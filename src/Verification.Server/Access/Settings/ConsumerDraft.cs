using System.Collections.Immutable;
using Verification.Core.Rules.Codes;
using Verification.Server.Access.Consumers;
using Verification.Server.Limits;

namespace Verification.Server.Access.Settings;

/// <summary>A consumer as its settings have it, before the whole set is found good.</summary>
internal sealed record ConsumerDraft(
    string Name,
    ConsumerClass Class,
    ConsumerRoles Roles,
    ConsumerLimits Limits,
    ImmutableArray<(ApiKey Key, Validity Validity)> Keys,
    ImmutableArray<(CertificatePin Pin, Validity Validity)> Certificates,
    ImmutableArray<(string Subject, Validity Validity)> Tokens);
