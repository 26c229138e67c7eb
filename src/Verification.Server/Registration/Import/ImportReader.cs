using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Verification.Core.Permits;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;
using Verification.Server.Errors;

namespace Verification.Server.Registration.Import;

/// <summary>
/// Turns the pieces of a file into batches. Lines that an earlier call stored are counted and passed over; their digest tells whether
/// it is the same file. For one file; not safe for concurrent use.
/// </summary>
internal sealed class ImportReader(
    string importId, ImportProgress stored, IdentityDigester digester, BatchSize batchSize, string recordedBy) : IDisposable
{
    /// <summary>The most bytes of a batch, as lines may be long.</summary>
    private const int MaxBatchBytes = 4 << 20;

    private static readonly Rejection TooLong = new(
        RejectCode.MalformedLine,
        new(
            FormattableString.Invariant($"The line is longer than 1 MiB ({LineSplitter.MaxLineLength:N0} bytes)."),
            FormattableString.Invariant($"该行超过 1 MiB（{LineSplitter.MaxLineLength:N0} 字节）。")));

    private readonly LineSplitter _splitter = new();
    private readonly RegistryLineParser _parser = new(digester);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ImmutableArray<ImportLine>.Builder _batch = ImmutableArray.CreateBuilder<ImportLine>();
    private long _batchStart = stored.LinesRead;
    private long _batchBytes;
    private bool _resumed = stored.LinesRead == 0;

    private bool AtResumption => !_resumed && _splitter.Lines == stored.LinesRead && !stored.IsComplete;

    private bool IsFull =>
        _splitter.Lines - _batchStart >= batchSize.Lines || _batchBytes >= MaxBatchBytes;

    /// <summary>The steps to take, in order.</summary>
    /// <exception cref="Grpc.Core.RpcException">FAILED_PRECONDITION: it is not the file that was loaded before.</exception>
    public async IAsyncEnumerable<ImportStep> ReadAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var piece in pieces.WithCancellation(cancellationToken))
        {
            var rest = piece;
            while (!rest.IsEmpty)
            {
                rest = Read(rest);
                if (AtResumption)
                {
                    yield return Resume([]);
                }
                else if (IsFull)
                {
                    yield return Store(isLast: false, []);
                }
            }
        }

        ReadLastLine();
        if (stored.IsComplete)
        {
            yield return Resume(_parser.UnknownFields);
            yield break;
        }

        if (AtResumption)
        {
            yield return Resume([]);
        }

        if (!_resumed)
        {
            throw RpcErrors.ImportIdReused(new(
                "The file ends before the line to which this import id has loaded one.", "文件在此导入标识已导入到的行之前结束。"));
        }

        yield return Store(isLast: true, _parser.UnknownFields);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _splitter.Dispose();
        _hash.Dispose();
    }

    /// <summary>Reads lines up to the end of the piece or of the batch; the digest never runs ahead of the lines.</summary>
    /// <returns>The rest of the piece.</returns>
    private ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> piece)
    {
        var rest = piece.Span;
        while (_splitter.TryRead(ref rest, out var line, out var isTooLong))
        {
            Take(line, isTooLong);
            if (IsFull || AtResumption)
            {
                break;
            }
        }

        var taken = piece.Length - rest.Length;
        _hash.AppendData(piece.Span[..taken]);
        return piece[taken..];
    }

    private void ReadLastLine()
    {
        if (_splitter.TryFinish(out var line, out var isTooLong))
        {
            Take(line, isTooLong);
        }
    }

    private void Take(ReadOnlySpan<byte> line, bool isTooLong)
    {
        var number = _splitter.Lines;
        if (number > stored.LinesRead && stored.IsComplete)
        {
            throw RpcErrors.ImportIdReused(new(
                "The file goes on after the line at which this import id has loaded all of one.", "文件在此导入标识已全部导入的行之后还有内容。"));
        }

        ImportLine? read = isTooLong ? new ImportLine(number, TooLong) : line.IsEmpty ? null : _parser.Parse(number, line);
        if (number <= stored.LinesRead)
        {
            return;
        }

        _batchBytes += line.Length;
        if (read is { } fresh)
        {
            _batch.Add(fresh);
        }
    }

    private ImportStep.Resume Resume(ImmutableArray<UnknownField> unknownFields)
    {
        _resumed = true;
        return _splitter.Lines == stored.LinesRead && (stored.PrefixDigest.Length == 0 || IsDigest(stored.PrefixDigest))
            ? new ImportStep.Resume(stored, unknownFields)
            : throw RpcErrors.ImportIdReused(new(
                "The file is not the one that this import id has loaded before.", "文件不是此导入标识以前导入的文件。"));
    }

    private ImportStep.Store Store(bool isLast, ImmutableArray<UnknownField> unknownFields)
    {
        var batch = new ImportBatch(
            importId,
            _batchStart,
            _splitter.Lines,
            _batch.DrainToImmutable(),
            Convert.ToHexStringLower(_hash.GetCurrentHash()),
            isLast,
            recordedBy);
        _batchStart = _splitter.Lines;
        _batchBytes = 0;
        return new ImportStep.Store(batch, unknownFields);
    }

    private bool IsDigest(string digest) => _hash.GetCurrentHash().AsSpan().SequenceEqual(Convert.FromHexString(digest));
}
