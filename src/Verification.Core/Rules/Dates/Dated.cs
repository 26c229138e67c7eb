using System.Collections.Immutable;

namespace Verification.Core.Rules.Dates;

/// <summary>A parameter of the rulebook over time: its values, each with the first date on which it applies.</summary>
/// <typeparam name="T">The parameter's type.</typeparam>
public sealed class Dated<T>
{
    private readonly ImmutableArray<(DateOnly From, T Value)> _values;

    /// <summary>A parameter with these values, in order of date; the first applies from the beginning of the calendar.</summary>
    /// <exception cref="ArgumentException">The values are not in that form.</exception>
    public Dated(IEnumerable<(DateOnly From, T Value)> values)
    {
        _values = [.. values];
        if (_values.IsEmpty || _values[0].From != DateOnly.MinValue)
        {
            throw new ArgumentException("A parameter needs a value from the beginning of the calendar.", nameof(values));
        }

        for (var i = 1; i < _values.Length; i++)
        {
            if (_values[i].From <= _values[i - 1].From)
            {
                throw new ArgumentException("A parameter's values stand in order of date, each date once.", nameof(values));
            }
        }
    }

    /// <summary>The value that applies to a date.</summary>
    public T On(DateOnly date)
    {
        var index = _values.Length - 1;
        while (_values[index].From > date)
        {
            index--;
        }

        return _values[index].Value;
    }

    /// <summary>The values in order of date.</summary>
    public ImmutableArray<(DateOnly From, T Value)> Values => _values;
}
