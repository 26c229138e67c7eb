using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Verification.Server.Tests.Support;

/// <summary>Counts the requests of a server, and those of them that the gRPC framework answered.</summary>
internal sealed class CountedFramework : IStartupFilter
{
    private int _all;
    private int _byFramework;

    public int All => Volatile.Read(ref _all);

    public int ByFramework => Volatile.Read(ref _byFramework);

    /// <summary>Begins anew.</summary>
    public void Reset() => _all = _byFramework = 0;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            // Before the answer leaves: who reads it reads these counts next.
            Interlocked.Increment(ref _all);
            context.Response.OnStarting(() =>
            {
                if (context.Features.Get<IServerCallContextFeature>() is not null)
                {
                    Interlocked.Increment(ref _byFramework);
                }

                return Task.CompletedTask;
            });
            await following(context);
        });
        next(app);
    };
}
