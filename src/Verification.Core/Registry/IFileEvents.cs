using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Core.Registry;

/// <summary>The events of a registry file that is only judged, kept aside for its later lines, however many they are. Not safe for concurrent use.</summary>
public interface IFileEvents : IDisposable
{
    /// <summary>Keeps events, each with its place in its permit's history.</summary>
    void Add(IEnumerable<(PermitStatement Statement, int Sequence)> events);

    /// <summary>The events of permits that were kept, of each in order of place.</summary>
    IEnumerable<PermitStatement> Load(IEnumerable<PermitNumber> numbers);
}
