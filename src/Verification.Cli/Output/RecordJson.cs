using Permits.Audit.V1;

namespace Verification.Cli.Output;

/// <summary>Records for a program: one JSON object, written as they come.</summary>
internal sealed class RecordJson(TextWriter output) : IRecordOutput
{
    private bool _any;

    public void Add(AuditRecord record)
    {
        output.Write(_any ? "," : "{\"records\":[");
        output.Write(JsonOutput.TextOf(record));
        _any = true;
    }

    public void End() => output.WriteLine(_any ? "]}" : "{\"records\":[]}");
}
