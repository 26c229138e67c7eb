using Google.Type;

namespace Verification.Client;

/// <summary>Dates of messages.</summary>
internal static class MessageDates
{
    public static Date ToMessage(this DateOnly date) => new() { Year = date.Year, Month = date.Month, Day = date.Day };

    /// <summary>The day; null where there is none.</summary>
    /// <exception cref="PermitVerificationException">It is no real day: the answer is broken.</exception>
    public static DateOnly? ToDate(this Date? message)
    {
        if (message is null)
            return null;
        try
        {
            return new DateOnly(message.Year, message.Month, message.Day);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw AnswerCheck.Broken("it has a date that there is not");
        }
    }
}
