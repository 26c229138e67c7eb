using System.CommandLine;
using System.Globalization;
using Google.Type;
using Verification.Cli.Shell;

namespace Verification.Cli.Input;

/// <summary>
/// Reads option values. Every option is text to the parser, so that no message of its own can repeat a value;
/// what a value means is decided here.
/// </summary>
internal static class OptionValues
{
    private const long MaxJump = 1_000_000_000_000;

    /// <summary>The text; null when the option is absent. An empty one (an unset variable in a script) is an error, not an absence.</summary>
    public static string? Text(this ParseResult parse, Option<string> option)
    {
        var text = option is IdentityOption identity ? identity.ValueIn(parse) : parse.GetValue(option);
        return text is null || !string.IsNullOrWhiteSpace(text) ? text : throw Empty(option.Name);
    }

    /// <summary>The text. An empty one is an error.</summary>
    public static string Text(this ParseResult parse, Argument<string> argument) =>
        parse.GetRequiredValue(argument) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw Empty(argument.Name);

    public static Date? Date(this ParseResult parse, Option<string> option)
    {
        if (parse.Text(option) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date.ToDate();
        throw new UsageException(Say(
            $"{option.Name} must be a date that exists, as YYYY-MM-DD", $"{option.Name} 必须是真实存在的日期，形如 YYYY-MM-DD"));
    }

    public static long? Revision(this ParseResult parse, Option<string> option) =>
        parse.Number(option, long.MaxValue, Say("a revision: a whole number from 0", "修订号：从 0 开始的整数"));

    public static long? Jump(this ParseResult parse, Option<string> option) =>
        parse.Number(option, MaxJump, Say(
            $"a whole number of revisions, 1 to {MaxJump.ToString(CultureInfo.InvariantCulture)}", $"修订数：1 到 {MaxJump.ToString(CultureInfo.InvariantCulture)} 的整数"));

    public static int? Edition(this ParseResult parse, Option<string> option) =>
        (int?)parse.Number(option, int.MaxValue, Say("an edition: a whole number from 1", "版次：从 1 开始的整数"));

    public static int? Count(this ParseResult parse, Option<string> option) =>
        (int?)parse.Number(option, int.MaxValue, Say("a whole number from 1", "从 1 开始的整数"), least: 1);

    public static int? Place(this ParseResult parse, Option<string> option) =>
        (int?)parse.Number(option, int.MaxValue, Say("an event's place in the permit's history: a whole number from 1", "事项在证件历史中的位置：从 1 开始的整数"), least: 1);

    /// <summary>The code; the enum's unspecified value when the option is absent.</summary>
    public static T Word<T>(this ParseResult parse, Option<string> option)
        where T : struct, Enum =>
        parse.Text(option) is { } text ? ToWord<T>(option, text) : default;

    public static IEnumerable<T> Words<T>(this ParseResult parse, Option<string[]> option)
        where T : struct, Enum =>
        (parse.GetValue(option) ?? []).Select(text => ToWord<T>(option, text));

    /// <summary>What to say of a value that is none of those that there are.</summary>
    public static string OneOf(string name, IEnumerable<string> words)
    {
        var all = string.Join(", ", words);
        return Say($"{name} must be one of: {all}", $"{name} 必须是下列之一：{all}");
    }

    private static T ToWord<T>(Option option, string text)
        where T : struct, Enum =>
        Code<T>.TryParse(text, out var value)
            ? value
            : throw new UsageException(OneOf(option.Name, Code<T>.Words));

    private static long? Number(this ParseResult parse, Option<string> option, long most, string what, long least = 0)
    {
        if (parse.Text(option) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException(Say($"{option.Name} must be {what}", $"{option.Name} 必须是{what}"));
    }

    private static UsageException Empty(string name) => new(Say($"{name} is empty", $"{name} 不能为空"));
}
