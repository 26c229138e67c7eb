using System.Security.Cryptography;

namespace Verification.Audit.Keys;

/// <summary>That a key is on the one curve that heads are signed on.</summary>
internal static class P256
{
    private const string Oid = "1.2.840.10045.3.1.7";

    public static void Demand(ECDsa key, string origin)
    {
        var curve = key.ExportParameters(includePrivateParameters: false).Curve;
        if (curve.Oid.Value != Oid && curve.Oid.FriendlyName != ECCurve.NamedCurves.nistP256.Oid.FriendlyName)
        {
            throw NoKey(origin, "key on the curve P-256", null);
        }
    }

    public static InvalidDataException NoKey(string origin, string wanted, Exception? cause) =>
        new($"'{origin}' holds no ECDSA {wanted}.", cause);
}
