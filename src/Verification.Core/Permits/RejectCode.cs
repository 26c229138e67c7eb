namespace Verification.Core.Permits;

/// <summary>Why a line of a registry file or an event is refused: the first of these that applies (policy §7).</summary>
public enum RejectCode : byte
{
    /// <summary>Not a JSON object with the strings <c>permit</c>, <c>event</c> and <c>on</c>.</summary>
    MalformedLine = 1,

    /// <summary>There is no event of that name.</summary>
    UnknownEvent = 2,

    /// <summary><c>permit</c> is no permit number.</summary>
    MalformedNumber = 3,

    /// <summary>A date field names no real date of the form YYYY-MM-DD.</summary>
    MalformedDate = 4,

    /// <summary>A field that the event requires is missing.</summary>
    MissingField = 5,

    /// <summary>A field's value is not among those allowed.</summary>
    InvalidField = 6,

    /// <summary>The permit's first effective event is not its issue.</summary>
    NotIssued = 7,

    /// <summary>The permit is issued already.</summary>
    AlreadyIssued = 8,

    /// <summary>The event's date is before the permit's last effective event, or an annulment's before its target's.</summary>
    OutOfOrder = 9,

    /// <summary>Permits of that kind have no such event.</summary>
    WrongKind = 10,

    /// <summary>The permit is cancelled or exchanged.</summary>
    AlreadyCancelled = 11,

    /// <summary>The permit's term is over for good.</summary>
    Lapsed = 12,

    /// <summary>Another rule of policy §3 to §7a does not admit the event.</summary>
    NotAdmissible = 13,
}
