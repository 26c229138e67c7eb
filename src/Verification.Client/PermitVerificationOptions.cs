namespace Verification.Client;

/// <summary>Where the permit verification service is, and how to call it.</summary>
/// <remarks>A class and not a record: its text form must not show the key.</remarks>
public sealed class PermitVerificationOptions
{
    /// <summary>The gRPC address, <c>http</c> (HTTP/2 in clear text) or <c>https</c>. Default: <c>http://localhost:5081</c>.</summary>
    public Uri Address { get; init; } = new("http://localhost:5081");

    /// <summary>
    /// The key that names the consumer, sent as <c>authorization: Bearer …</c> with every call, also over clear text.
    /// Default: none is sent. One to 4,096 visible ASCII characters.
    /// </summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// How long a call with one request and one answer may take when the call itself sets no deadline. Default: 10 seconds;
    /// null means without end. Streaming calls, <see cref="PermitVerificationClient.ImportAsync"/> among them, have none.
    /// </summary>
    public TimeSpan? Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock that deadlines are counted on. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
