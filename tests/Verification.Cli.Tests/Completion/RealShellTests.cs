using System.Diagnostics;
using System.Reflection;

namespace Verification.Cli.Tests.Completion;

/// <summary>Real shells, in which permitctl is the built one: each takes its script and completes by it what is typed.</summary>
public sealed class RealShellTests
{
    private static readonly string Program = typeof(RealShellTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "permitctl").Value!;

    /// <summary>What is typed, and the words that come. Another command on the line is none of permitctl's.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "permitctl ver", "verify" },
        { "permitctl verify BJ2024000017 --role ", "child holder parent spouse" },
        { "permitctl audit ver", "verify" },
        { "permitctl whoami; permitctl verify BJ2024000017 --role ch", "child" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Bash_Script_Completes(string line, string words) => Assert.Equal(words, await RunAsync(
        "bash",
        ["--norc", "--noprofile", "-c", $$"""
            permitctl() { dotnet '{{Program}}' "$@"; }
            source <(permitctl completion bash)
            COMP_LINE='{{OwnPart(line)}}'
            COMP_POINT=${#COMP_LINE}
            COMP_WORDS=(permitctl)
            _permitctl permitctl
            echo "${COMPREPLY[*]}"
            """]));

    /// <summary>In a terminal of its own, as its completion works in none but its line editor.</summary>
    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Zsh_Script_Completes(string line, string words)
    {
        var shown = await RunAsync(
            "zsh",
            ["-f", "-c", $$"""
                zmodload zsh/zpty
                zpty typed env TERM=dumb zsh -f -i
                zpty -w typed 'PROMPT=; autoload -Uz compinit && compinit -u -D; permitctl() { dotnet {{Program}} "$@" }
                  source <(permitctl completion zsh); print RE""ADY'
                zpty -r typed shown '*READY*'
                zpty -w -n typed '{{line}}'$'\t'
                zpty -r typed shown '*{{words.Replace(' ', '*')}}*'
                zpty -d typed
                print -r -- "$shown"
                """]);

        Assert.All(words.Split(' '), word => Assert.Contains(word, shown, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Fish_Script_Completes(string line, string words) => Assert.Equal(words, await RunAsync(
        "fish",
        ["--no-config", "-c", $$"""
            function permitctl; dotnet '{{Program}}' $argv; end
            permitctl completion fish | source
            complete -C '{{line}}' | string join ' '
            """]));

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task PowerShell_Script_Completes(string line, string words) => Assert.Equal(words, await RunAsync(
        "pwsh",
        ["-NoProfile", "-NonInteractive", "-Command", $$"""
            function permitctl { $input | dotnet '{{Program}}' @args }
            permitctl completion powershell | Out-String | Invoke-Expression
            (TabExpansion2 -inputScript '{{line}}' -cursorColumn {{line.Length}}).CompletionMatches.CompletionText -join ' '
            """]));

    /// <summary>Where permitctl has nothing to say there may be a file.</summary>
    [Fact]
    public async Task Fish_FileName_IsCompleted() => Assert.Equal($"{Program[..^4]}.deps.json", await RunAsync(
        "fish",
        ["--no-config", "-c", $$"""
            function permitctl; dotnet '{{Program}}' $argv; end
            permitctl completion fish | source
            complete -C 'permitctl import {{Program[..^4]}}.dep' | string join ' '
            """]));

    /// <summary>bash tells a completion nothing of the commands before.</summary>
    private static string OwnPart(string line) => line.Split("; ")[^1];

    private static async Task<string> RunAsync(string shell, string[] arguments)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, shell)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"There is no {shell}.");
        var start = new ProcessStartInfo(found, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        try
        {
            var error = process.StandardError.ReadToEndAsync(token);
            var output = await process.StandardOutput.ReadToEndAsync(token).WaitAsync(TimeSpan.FromSeconds(60), token);
            Assert.Equal(string.Empty, await error);
            return output.Trim();
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
