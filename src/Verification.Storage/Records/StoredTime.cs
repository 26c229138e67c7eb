namespace Verification.Storage.Records;

/// <summary>Instants as the registry stores them: Unix time in microseconds.</summary>
internal static class StoredTime
{
    public static long ToMicroseconds(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);
}
