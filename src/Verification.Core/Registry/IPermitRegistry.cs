namespace Verification.Core.Registry;

/// <summary>
/// The system of record: an append-only list of events per permit, in one gap-free total order of revisions (1, 2, 3, …) that is
/// the order of commits. Safe for concurrent use, also by several processes. Only <see cref="IRegistryWriter.MarkRestoredAsync"/>
/// leaves a gap.
/// </summary>
public interface IPermitRegistry : IPermitReader, IChangeLog, IRegistryWriter;
