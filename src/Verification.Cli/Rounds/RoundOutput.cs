using Grpc.Core;
using Permits.Verification.V1;
using Verification.Client;

namespace Verification.Cli.Rounds;

/// <summary>What a round has reached: its rows in the output, and the record beside it, which is never ahead of them.</summary>
internal sealed class RoundOutput : IDisposable
{
    private readonly OutputFile _file;
    private readonly RoundFile _recordFile;
    private readonly IVerdictWriter _writer;
    private readonly Tally _statuses;
    private readonly Tally _errors;
    private RoundRecord _record;

    public RoundOutput(OutputFile file, IVerdictWriter writer, RoundFile recordFile, RoundRecord record)
    {
        (_file, _writer, _recordFile, _record) = (file, writer, recordFile, record);
        (Rows, Basis) = (record.Rows, record.ToBasis());
        (_statuses, _errors) = (new(record.Statuses), new(record.Errors));
    }

    /// <summary>Rows done.</summary>
    public long Rows { get; private set; }

    /// <summary>What all answers rest on; null before the first.</summary>
    public RoundBasis? Basis { get; private set; }

    /// <summary>The record as it was kept last.</summary>
    public RoundRecord Record => _record;

    /// <summary>Writes the next row, which asked nothing.</summary>
    public void Write(RowFault fault)
    {
        _writer.Write(Rows + 1, fault);
        _errors.Add(fault.Reason);
        Rows++;
    }

    /// <summary>Writes the next row with what was answered.</summary>
    /// <exception cref="RpcException">Nobody could tell, so that nothing was written.</exception>
    /// <exception cref="RoundException">The answer rests on something else than those before it.</exception>
    public void Write(VerifyPermitRequest check, BatchItem item)
    {
        if (item.Response is not { } answer)
        {
            var fault = RowFault.Of(VerificationFault.From(item.Error), check.PermitNumber, check.Subject?.IdentityNumber);
            Write(fault ?? throw item.Error.ToRpcException());
            return;
        }
        if (Basis is null)
            Basis = RoundBasis.Of(answer);
        else
            Basis.Check(answer);
        _writer.Write(Rows + 1, check.Reference, answer.Verdict);
        _statuses.Add(Input.Code<PermitStatus>.Name(answer.Verdict.Status));
        Rows++;
    }

    /// <summary>Puts on the disk what is done, and then the record of it.</summary>
    public void Keep(bool isComplete = false)
    {
        _writer.Flush();
        _file.Keep();
        _record = _record with
        {
            Complete = isComplete,
            AsOf = Basis?.AsOf,
            Revision = Basis?.Revision,
            Rulebook = Basis?.Rulebook,
            Rows = Rows,
            Statuses = _statuses.ToCounts(),
            Errors = _errors.ToCounts(),
            OutputBytes = _file.Bytes,
            OutputSha256 = _file.Sha256,
        };
        _recordFile.Write(_record);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
    }
}
