using System.ComponentModel.DataAnnotations;

namespace Verification.Server.Access.Settings;

/// <summary>Whose tokens a consumer's are.</summary>
internal sealed class SubjectSettings : CredentialSettings
{
    /// <summary>The subject that the token names.</summary>
    [Required]
    public string? Subject { get; set; }
}
