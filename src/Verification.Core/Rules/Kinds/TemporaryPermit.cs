using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Words;

namespace Verification.Core.Rules.Kinds;

/// <summary>Policy §6: temporary residence permit 暂住证. Superseded; it lapses after its printed last day.</summary>
internal sealed record TemporaryPermit : PermitCourse
{
    public TemporaryPermit(Issued issued)
        : base(issued) =>
        ExpiresOn = (issued.ValidThrough ?? throw new ArgumentException("A temporary permit has a last day.", nameof(issued))).Next;

    protected override ReadOnlySpan<DateOnly> Turns(DateOnly date) => new[] { ExpiresOn };

    protected override bool HasLapsed(DateOnly date) => date.HasReached(ExpiresOn);

    protected override Standing StandingInForce(DateOnly date) => new(PermitStatus.Valid, StatusReasons.None);

    protected override bool HasEvent(PermitEvent happening) => happening is Cancelled;

    protected override Wording? Refuse(PermitEvent happening) => null;

    protected override PermitCourse ApplyOwn(PermitEvent happening) => this;
}
