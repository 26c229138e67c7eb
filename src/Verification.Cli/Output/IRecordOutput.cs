using Permits.Audit.V1;

namespace Verification.Cli.Output;

/// <summary>Prints records of the audit log, as many as come.</summary>
internal interface IRecordOutput
{
    /// <summary>Takes the next one.</summary>
    void Add(AuditRecord record);

    /// <summary>Prints what is not printed yet.</summary>
    void End();
}
