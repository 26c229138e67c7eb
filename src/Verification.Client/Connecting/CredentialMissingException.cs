namespace Verification.Client;

/// <summary>There was no key or token to send, and why. The message holds nothing of one.</summary>
internal sealed class CredentialMissingException(string message, Exception? cause = null) : Exception(message, cause);
