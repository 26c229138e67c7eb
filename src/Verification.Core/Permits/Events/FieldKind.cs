namespace Verification.Core.Permits.Events;

/// <summary>What the value of an event's field is.</summary>
public enum FieldKind
{
    /// <summary>Text that a person wrote. It must not tell who somebody is.</summary>
    Text,

    /// <summary>A civil date.</summary>
    Date,

    /// <summary>One of a list of words: an enum's value.</summary>
    Code,

    /// <summary>Another permit's number.</summary>
    PermitNumber,

    /// <summary>The number of an identity document, of which only a digest is kept.</summary>
    Identity,

    /// <summary>A whole number from 1 to 2,147,483,647.</summary>
    Number,
}
