using System.Text.Json;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace Verification.Page.Tests.Support;

/// <summary>Reads a QR code off the page, as a scanner does.</summary>
internal static class QrCode
{
    private const string Pixels =
        """
        canvas => {
          const { width, height } = canvas;
          return { width, height, pixels: [...canvas.getContext('2d').getImageData(0, 0, width, height).data] };
        }
        """;

    public static async Task<string> ReadAsync(ILocator canvas)
    {
        var drawn = await canvas.EvaluateAsync<JsonElement>(Pixels);
        var rgba = drawn.GetProperty("pixels").EnumerateArray().Select(it => it.GetByte()).ToArray();
        var source = new RGBLuminanceSource(
            rgba, drawn.GetProperty("width").GetInt32(), drawn.GetProperty("height").GetInt32(), RGBLuminanceSource.BitmapFormat.RGBA32);
        var read = new QRCodeReader().decode(
            new BinaryBitmap(new HybridBinarizer(source)), new Dictionary<DecodeHintType, object> { [DecodeHintType.TRY_HARDER] = true });
        return read?.Text ?? throw new InvalidOperationException("No QR code is to be read.");
    }
}
