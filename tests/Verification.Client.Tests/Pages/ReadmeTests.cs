using Xunit;

namespace Verification.Client.Tests.Pages;

/// <summary>The .NET program that the README shows is the sample that CI builds and runs.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Readme_ProgramInCSharp_IsTheSamples()
    {
        var sample = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pages", "Program.cs")).Trim();
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pages", "README.md"));

        Assert.Contains($"```csharp\n{sample}\n```", readme, StringComparison.Ordinal);
    }
}
