using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Verification.Server.Configuration;
using Verification.Server.Hosting.Settings;

namespace Verification.Server.Tests.Configuration;

/// <summary>Every setting that there is, found by the options themselves, in every wrong shape.</summary>
public sealed partial class EverySettingTests
{
    private const string Other = "--Verification:Limits:Latitude=1";

    /// <summary>What stands at a setting's key, and below it.</summary>
    private static readonly string[][] Shapes =
    [
        ["=abc"],
        ["=5"],
        ["=-1"],
        ["=99999999999999999999"],
        ["="],
        ["= "],
        ["=\u0001"],
        [":x=1"],
        [":x:y=1"],
        [":0=abc"],
        [":0="],
        [":0:x=1"],
        [":0:0=1"],
        ["=abc", ":x=1"],
        ["=abc", ":0=abc", ":x:y=1"],
    ];

    public static TheoryData<string> Settings =>
    [
        .. SettingsOf("Verification", typeof(VerificationOptions))
            .Concat(SettingsOf("ConnectionStrings", typeof(ConnectionStringOptions)))
            .Concat(SettingsOf("Kestrel", typeof(KestrelSettings))),
    ];

    [Fact]
    public void Settings_OfTheOptions_AreAllThere()
    {
        string[] some =
        [
            "Verification", "Verification:Lookup:Redis:TimeToLive", "Verification:Consumers:x:Keys:0:Sha256", "Verification:Limits:HeaderBytes",
            "Verification:Registry:SqlServerSettings:OpenTimeout", "Verification:Tokens:Algorithms:0", "Verification:ConsumersFile",
            "Kestrel:Endpoints:x:Sni:x:Certificate:Password", "ConnectionStrings:Redis",
        ];

        Assert.Empty(some.Except(Settings.Select(row => row.Data)));
    }

    [Fact]
    public void Settings_OfTheService_StandInTheOperationsPage()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "operations.md"));

        var names = Settings.Select(row => row.Data).Where(path => path.StartsWith("Verification:", StringComparison.Ordinal))
            .Select(path => path.Split(':').Last(part => part is not ("0" or "x")));

        Assert.All(names.Distinct(), name => Assert.Contains(name, page, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Settings_InTheTablesOfTheOperationsPage_AreThere()
    {
        var there = Settings.SelectMany(row => row.Data.Split(':')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var named = SettingTables(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "operations.md")))
            .SelectMany(row => Code().Matches(row.Split('|')[1]).SelectMany(name => name.Groups[1].Value.Split(':', '.')))
            .Select(name => name.Replace("[]", string.Empty, StringComparison.Ordinal)).Where(name => name.Length > 0)
            .Distinct().ToArray();

        Assert.True(named.Length > 70, string.Join(' ', named));
        Assert.Empty(named.Where(name => !there.Contains(name)).Except(["Grpc", "Http"]));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void AddSettings_SettingOfAnyShape_IsToldOrTakenAndHidesNoOther(string setting)
    {
        foreach (var shape in Shapes)
        {
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.Configuration.AddCommandLine([Other, .. shape.Select(end => $"--{setting}{end}")]);
            var problems = new StartProblems();

            Program.AddSettings(builder, TimeProvider.System, demo: false, problems);

            Assert.Contains("Verification:Limits:Latitude is no setting.", problems.All);
            if (shape.Length > 1)
            {
                // No setting is a single value and has others below it.
                Assert.Contains(problems.All, problem => problem.StartsWith(setting, StringComparison.Ordinal));
            }
        }
    }

    /// <summary>The rows of the tables whose first column is of settings.</summary>
    private static IEnumerable<string> SettingTables(IEnumerable<string> lines)
    {
        var isSettings = false;
        foreach (var line in lines)
        {
            isSettings = line.StartsWith("| setting", StringComparison.Ordinal) || (isSettings && line.StartsWith('|'));
            if (isSettings && line.StartsWith("| `", StringComparison.Ordinal))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> SettingsOf(string path, Type type)
    {
        yield return path;
        var below = SettingForm.Of(type) is not null ? []
            : type.IsArray ? SettingsOf($"{path}:0", type.GetElementType()!)
            : type.IsAssignableTo(typeof(IDictionary)) ? SettingsOf($"{path}:x", type.GetGenericArguments()[1])
            : type.GetProperties().Where(IsSetting).SelectMany(property => SettingsOf($"{path}:{property.Name}", property.PropertyType));
        foreach (var setting in below)
        {
            yield return setting;
        }
    }

    private static bool IsSetting(PropertyInfo property) =>
        property.CanWrite && !property.Name.EndsWith("ConnectionString", StringComparison.Ordinal);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
