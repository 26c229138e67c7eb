namespace Verification.Server.Telemetry;

/// <summary>How OTLP is spoken.</summary>
internal enum OtlpProtocol
{
    /// <summary>By gRPC, usually to port 4317.</summary>
    Grpc,

    /// <summary>By HTTP with Protocol Buffers, usually to port 4318.</summary>
    HttpProtobuf,
}
