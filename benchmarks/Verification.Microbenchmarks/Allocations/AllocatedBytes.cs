using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Verification.Microbenchmarks.Allocations;

/// <summary>Counts what the calls of this thread allocate: exact, so a few thousand calls are enough.</summary>
internal static class AllocatedBytes
{
    private const int WarmUps = 200;
    private const int Calls = 200;
    private const int Rounds = 5;

    /// <summary>The benchmarks of this program, by class and method.</summary>
    public static IEnumerable<IGrouping<Type, MethodInfo>> Benchmarks =>
        from type in typeof(AllocatedBytes).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttribute<BenchmarkAttribute>() is not null
        group method by type;

    /// <summary>The bytes of one call of every benchmark of a class.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> MeasureAsync(IGrouping<Type, MethodInfo> benchmarks)
    {
        var instance = Activator.CreateInstance(benchmarks.Key)!;
        await RunAsync<GlobalSetupAttribute>(instance);
        try
        {
            return benchmarks.ToDictionary(method => $"{benchmarks.Key.Name}.{method.Name}", method => MeasureOne(instance, method));
        }
        finally
        {
            await RunAsync<GlobalCleanupAttribute>(instance);
        }
    }

    private static long MeasureOne(object instance, MethodInfo method) =>
        (long)typeof(AllocatedBytes).GetMethod(nameof(MeasureCalls), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(method.ReturnType)
            .Invoke(null, [method.CreateDelegate(typeof(Func<>).MakeGenericType(method.ReturnType), instance)])!;

    // The least of the rounds: what a round had to do once, such as growing a buffer, is no call's own.
    private static long MeasureCalls<T>(Func<T> call)
    {
        Repeat(call, WarmUps);
        return Enumerable.Range(0, Rounds).Min(_ => Repeat(call, Calls)) / Calls;
    }

    private static long Repeat<T>(Func<T> call, int times)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times; i++)
        {
            call();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static async Task RunAsync<TAttribute>(object instance)
        where TAttribute : Attribute
    {
        foreach (var method in instance.GetType().GetMethods().Where(method => method.GetCustomAttribute<TAttribute>() is not null))
        {
            if (method.Invoke(instance, null) is Task running)
            {
                await running;
            }
        }
    }
}
