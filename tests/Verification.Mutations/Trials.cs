using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Verification.Mutations;

/// <summary>Makes changes in a copy of what the tests' build put out, and asks the tests.</summary>
internal sealed partial class Trials
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15);

    private readonly string _assembly;
    private readonly string[] _tests;
    private TimeSpan _limit = Long;

    private Trials(Area area, Product product, string folder)
    {
        Product = product;
        _assembly = Path.Combine(folder, $"{area.Project}.dll");
        _tests = ["exec", Path.Combine(folder, $"{area.Project}.Tests.dll"), "-stopOnFail", "-noColor", .. area.TestOptions];
    }

    /// <summary>What is changed.</summary>
    public Product Product { get; }

    /// <summary>Builds the tests and asks them without a change: they pass, and what they take is measured.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="area">What is to be changed.</param>
    public static async Task<Trials> PrepareAsync(string root, Area area)
    {
        var project = Path.Combine(root, "tests", $"{area.Project}.Tests");
        if (await Dotnet.RunAsync(["build", project, "-c", "Debug"], Long) is { Code: not 0 } build)
        {
            throw new InvalidOperationException(build.Output);
        }

        var folder = Path.Combine(project, "bin", "Mutated");
        Copy(new DirectoryInfo(Path.Combine(project, "bin", "Debug", "net10.0")), folder);
        var trials = new Trials(area, await Product.ReadAsync(Path.Combine(root, "src", area.Project)), folder);
        var begun = Stopwatch.GetTimestamp();
        if (!trials.TryMake(null) || await trials.NoticedByAsync() is not null)
        {
            throw new InvalidOperationException($"{area.Project}.Tests do not pass without any change.");
        }

        trials._limit = (Stopwatch.GetElapsedTime(begun) * 5) + TimeSpan.FromSeconds(60);
        return trials;
    }

    /// <summary>Makes a change, or none; false when it does not compile.</summary>
    public bool TryMake(Mutation? mutation) => Product.TryWrite(mutation, _assembly);

    /// <summary>The first test that fails; null when none does.</summary>
    public async Task<string?> NoticedByAsync()
    {
        var (code, output) = await Dotnet.RunAsync(_tests, _limit, FailedTest.IsMatch);
        return FailedTest.Match(output) is { Success: true } failed ? failed.Groups[1].Value : code switch
        {
            0 => null,
            null => "the time limit",
            _ => "the process's end",
        };
    }

    [GeneratedRegex(@"^\s*Verification\.\w+\.Tests\.(.+) \[FAIL\]", RegexOptions.Multiline)]
    private static partial Regex FailedTest { get; }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name), overwrite: true);
        }

        foreach (var folder in from.EnumerateDirectories())
        {
            Copy(folder, Path.Combine(to, folder.Name));
        }
    }
}
