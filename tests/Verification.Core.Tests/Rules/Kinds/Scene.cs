using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Timelines;
using Verification.Core.Tests.Rules.Timelines;

namespace Verification.Core.Tests.Rules.Kinds;

/// <summary>A permit told step by step: events with the date given as text.</summary>
internal sealed class Scene
{
    private readonly List<PermitEvent> _events = [];
    private readonly Admission _admission = new(Cases.Rulebook);

    public static DateOnly Date(string text)
    {
        Assert.True(CivilDates.TryParse(text, out var date), text);
        return date;
    }

    public static Scene WorkPermit(string issuedOn, string? appliedOn = null) => new Scene().Then(
        new Issued(Date(issuedOn), PermitKind.WorkResidencePermit, appliedOn is null ? null : Date(appliedOn)));

    public static Scene Issued(PermitKind kind, string issuedOn, string? validThrough = null) => new Scene().Then(
        new Issued(Date(issuedOn), kind, ValidThrough: validThrough is null ? null : Date(validThrough)));

    /// <summary>An event that must be admitted.</summary>
    public Scene Then(PermitEvent happening)
    {
        Assert.Null(_admission.TryAdd(happening)?.Detail);
        _events.Add(happening);
        return this;
    }

    /// <summary>An event that must be refused with a code; nothing changes.</summary>
    public Scene Refuses(PermitEvent happening, RejectCode code)
    {
        Assert.Equal(code, _admission.TryAdd(happening)?.Code);
        return this;
    }

    /// <summary>The standing on a date must be this.</summary>
    public Scene Shows(string date, PermitStatus status, StatusReasons reasons, string? until)
    {
        var timeline = Timeline();
        var segment = timeline.SegmentOn(Date(date), StandingView.Authority);
        Assert.Equal(new Standing(status, reasons), segment.Standing);
        Assert.Equal(until is null ? Calendar.Never : Date(until), segment.Until);
        return this;
    }

    /// <summary>The first date after the term, as said on a date, must be this.</summary>
    public Scene ExpiresOn(string date, string expected)
    {
        Assert.Equal(Date(expected), Timeline().RecordOn(Date(date))!.Value.ExpiresOn);
        return this;
    }

    public PermitTimeline Timeline() => TimelineCompiler.Compile(RandomHistories.Of([.. _events]), Cases.Rulebook)!.Value;
}
