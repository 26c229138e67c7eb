namespace Verification.Client;

/// <summary>What all answers of one round rest on: what the first ones did.</summary>
internal sealed class RoundBasis
{
    private string? _rulebook;

    /// <summary>The revision; null before the first answer.</summary>
    public long? Revision { get; private set; }

    /// <summary>The day of checks that name none; null before the first answer to one.</summary>
    public DateOnly? Day { get; private set; }

    /// <summary>Takes an answer in.</summary>
    /// <exception cref="PermitVerificationException">It rests on something else.</exception>
    public void Add(PermitCheck check, PermitVerdict verdict)
    {
        Revision ??= verdict.Provenance.Revision;
        _rulebook ??= verdict.Provenance.RulebookVersion;
        if (check.AsOf is null)
            Day ??= verdict.AsOf;
        if (verdict.Provenance.Revision != Revision)
            throw AnswerCheck.Broken("it is as of another revision than those before it");
        if (verdict.Provenance.RulebookVersion != _rulebook)
            throw AnswerCheck.Broken("it was made under another rulebook than those before it");
        if (check.AsOf is null && verdict.AsOf != Day)
            throw AnswerCheck.Broken("it is for another day than those before it");
    }
}
