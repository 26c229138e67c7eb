using System.Globalization;
using System.Text;

namespace Verification.Server.Errors;

/// <summary>
/// The header <c>grpc-message</c> as the gRPC protocol encodes it: UTF-8, of which <c>%</c> and what lies outside 0x20 to 0x7E are written
/// as <c>%XX</c>. What needs no encoding gets none: clients that show the header as it comes show plain words.
/// </summary>
internal static class GrpcMessage
{
    /// <summary>Encodes a message.</summary>
    public static string Encode(string message)
    {
        if (!message.AsSpan().ContainsAnyExceptInRange(' ', '~') && !message.Contains('%', StringComparison.Ordinal))
        {
            return message;
        }

        var encoded = new StringBuilder(message.Length * 2);
        foreach (var unit in Encoding.UTF8.GetBytes(message))
        {
            if (unit is >= (byte)' ' and <= (byte)'~' and not (byte)'%')
            {
                encoded.Append((char)unit);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
            }
        }

        return encoded.ToString();
    }
}
