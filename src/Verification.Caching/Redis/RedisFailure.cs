namespace Verification.Caching.Redis;

/// <summary>What went wrong with Redis, for the log.</summary>
internal static class RedisFailure
{
    /// <summary>
    /// The failure and what was behind it, in a line. Each up to the first key: the library names what waits for an answer, and a server
    /// may repeat what it was sent. Keys hold permit numbers.
    /// </summary>
    public static string Told(Exception failure)
    {
        var told = new List<string>();
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            told.Add(cause.Message.Split(FactsCache.KeyPrefix)[0].ReplaceLineEndings(" "));
        }

        return string.Join(" <- ", told);
    }
}
