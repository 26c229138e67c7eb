using System.Text;

namespace Verification.Load.Driving;

/// <summary>
/// The header blocks of HPACK (RFC 7541) that a connection's calls begin with: the first puts what never changes into the server's
/// table, the others name it there, as gRPC clients do.
/// </summary>
internal sealed class Headers
{
    private const byte Post = 0x83;
    private const byte Http = 0x86;
    private const byte FirstDynamic = 62;

    /// <summary>The headers of calls of one method by one caller.</summary>
    public Headers(string authority, string path, string apiKey)
    {
        (byte NameIndex, string Name, string Value)[] kept =
        [
            (4, ":path", path),
            (1, ":authority", authority),
            (31, "content-type", "application/grpc"),
            (0, "te", "trailers"),
            (23, "authorization", $"Bearer {apiKey}"),
        ];
        var first = new List<byte> { Post, Http };
        var others = new List<byte> { Post, Http };
        for (var i = 0; i < kept.Length; i++)
        {
            var (nameIndex, name, value) = kept[i];
            first.Add((byte)(0x40 | nameIndex));
            if (nameIndex == 0)
            {
                AddText(first, name);
            }

            AddText(first, value);

            // The one put in last has the lowest index.
            others.Add((byte)(0x80 | (FirstDynamic + kept.Length - 1 - i)));
        }

        First = [.. first];
        Others = [.. others];
    }

    /// <summary>The block of a connection's first call.</summary>
    public byte[] First { get; }

    /// <summary>The block of its other calls.</summary>
    public byte[] Others { get; }

    private static void AddText(List<byte> block, string text)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, 126);
        block.Add((byte)text.Length);
        block.AddRange(Encoding.ASCII.GetBytes(text));
    }
}
