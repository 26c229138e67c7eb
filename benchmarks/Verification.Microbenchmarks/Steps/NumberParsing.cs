using System.Globalization;
using BenchmarkDotNet.Attributes;
using Verification.Core.Permits;

namespace Verification.Microbenchmarks.Steps;

/// <summary>A permit's number from text. Beside it: the framework's parsing of as many digits.</summary>
public class NumberParsing
{
    private readonly string _digits = "112024000017";
    private readonly string _sent = Samples.TextOf(0);
    private readonly string _typed = "bj 2024-000017";
    private readonly string _fullWidth = "ＢＪ２０２４００００１７";
    private readonly string _malformed = "BJ/2024/17";

    /// <summary>Checks the answers.</summary>
    [GlobalSetup]
    public void Check()
    {
        var number = PermitNumber.Parse("BJ2024000017");
        Answers.Must(AsInteger() == 112_024_000_017, nameof(AsInteger));
        Answers.Must(AsSent() == Samples.Number, nameof(AsSent));
        Answers.Must(AsTyped() == number, nameof(AsTyped));
        Answers.Must(InFullWidth() == number, nameof(InFullWidth));
        Answers.Must(!Refused(), nameof(Refused));
    }

    /// <summary>Twelve digits as an integer.</summary>
    [Benchmark(Baseline = true)]
    public long AsInteger() => long.Parse(_digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>A number as systems send it.</summary>
    [Benchmark]
    public PermitNumber AsSent() => Parse(_sent);

    /// <summary>A number as people type it.</summary>
    [Benchmark]
    public PermitNumber AsTyped() => Parse(_typed);

    /// <summary>A number typed with a Chinese input method.</summary>
    [Benchmark]
    public PermitNumber InFullWidth() => Parse(_fullWidth);

    /// <summary>Text that is no number.</summary>
    [Benchmark]
    public bool Refused() => PermitNumber.TryParse(_malformed, out _);

    private static PermitNumber Parse(string text) => PermitNumber.TryParse(text, out var number) ? number : default;
}
