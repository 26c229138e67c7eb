using Verification.Load.Driving;

namespace Verification.Load.Tests.Driving;

public sealed class H2LoadTests
{
    private const string Printed =
        """
        finished in 513.07ms, 19490.54 req/s, 3.92MB/s
        requests: 10000 total, 10000 started, 10000 done, 9998 succeeded, 2 failed, 2 errored, 0 timeout
        status codes: 9999 2xx, 0 3xx, 0 4xx, 1 5xx
        traffic: 2.01MB (2109064) total, 263.74KB (270064) headers (space savings 91.62%), 1.58MB (1660000) data
        """;

    [Fact]
    public void Read_WhatItPrints_FindsCallsBytesAndTime() =>
        Assert.Equal(new H2LoadResult(9_998, 9_999, 1_660_000, TimeSpan.FromMilliseconds(513.07)), H2Load.Read(Printed));

    [Fact]
    public void Read_AnythingElse_IsNothing() => Assert.Null(H2Load.Read("h2load: command not found"));
}
