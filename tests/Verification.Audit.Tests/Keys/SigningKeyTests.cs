using System.Security.Cryptography;
using Verification.Audit.Keys;

namespace Verification.Audit.Tests.Keys;

public sealed class SigningKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit-key-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_WhatWriteWrote_IsTheSameKey()
    {
        var path = Path.Combine(_folder, "key.pem");
        using var key = SigningKey.Create();
        key.Write(path);

        using var read = SigningKey.Read(path);

        Assert.Equal(key.Id, read.Id);
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", File.ReadAllText(path), StringComparison.Ordinal);
        Span<byte> signature = stackalloc byte[VerifyingKey.SignatureSize];
        read.Sign("message"u8, signature);
        Assert.True(key.PublicKey.Verify("message"u8, signature));
        Assert.False(key.PublicKey.Verify("another"u8, signature));
    }

    [Fact]
    public void Write_NewFile_IsItsOwnersAlone()
    {
        var path = Path.Combine(_folder, "key.pem");
        using var key = SigningKey.Create();

        key.Write(path);

        Assert.Throws<IOException>(() => key.Write(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void ToPem_PublicKey_IsReadBackWithItsId()
    {
        using var key = SigningKey.Create();

        using var read = VerifyingKey.FromPem(key.PublicKey.ToPem(), "test");

        Assert.Equal(key.Id, read.Id);
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", key.PublicKey.ToPem(), StringComparison.Ordinal);
        using var plain = ECDsa.Create();
        plain.ImportFromPem(key.PublicKey.ToPem());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(plain.ExportSubjectPublicKeyInfo())[..16]), key.Id.ToString());
    }

    [Fact]
    public void FromPem_AnythingElse_SaysWhatItIsNot()
    {
        using var key = SigningKey.Create();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);

        Assert.All(
            ["", "no key", key.PublicKey.ToPem(), other.ExportPkcs8PrivateKeyPem(), rsa.ExportPkcs8PrivateKeyPem()],
            pem => Assert.Contains("'test.pem'", Assert.Throws<InvalidDataException>(() => SigningKey.FromPem(pem, "test.pem")).Message, StringComparison.Ordinal));
        Assert.All(
            ["", "no key", other.ExportSubjectPublicKeyInfoPem(), rsa.ExportSubjectPublicKeyInfoPem()],
            pem => Assert.Throws<InvalidDataException>(() => VerifyingKey.FromPem(pem, "test.pem")));
    }
}
