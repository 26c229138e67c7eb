using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Verification.Audit.Keys;
using Verification.Server.Configuration;
using Verification.Server.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Verification.Server.Tests.Hosting;

/// <summary>The files that deploy the service: read strictly, and every setting in them taken by the service itself.</summary>
public sealed partial class DeploymentTests : IDisposable
{
    private const string Random32 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["Verification__Identity__DigestKey"] = Random32,
        ["Verification__Lookup__Redis__MacKey"] = Random32,
        ["ConnectionStrings__Registry"] = "Server=registry;Database=registry;User Id=verification;Password=p",
        ["ConnectionStrings__Redis"] = "redis:6379,password=p",
        ["Verification__Registry__CreateIfMissing"] = "false",
    };

    private readonly string _folder = TestServer.NewFolder();

    public DeploymentTests()
    {
        using var key = SigningKey.Create();
        key.Write(Path.Combine(_folder, "audit-key"));
        File.Copy(Path.Combine(_folder, "audit-key"), Path.Combine(_folder, "audit-key.pem"));
        File.WriteAllText(Path.Combine(_folder, "consumers.json"), """{ "consumers": {} }""");
        using var authority = new TestCertificates("Authority");
        using var own = authority.Issue("localhost", forServers: true);
        using var exportable = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadPkcs12(
            own.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs12),
            null,
            System.Security.Cryptography.X509Certificates.X509KeyStorageFlags.Exportable);
        File.WriteAllText(Path.Combine(_folder, "tls.crt"), exportable.ExportCertificatePem());
        File.WriteAllText(
            Path.Combine(_folder, "tls.key"),
            System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(exportable)!.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Manifests_OfKubernetes_AreReadStrictlyAndRunWithoutRights()
    {
        var objects = Manifests();

        Assert.Equal(
            [typeof(V1ServiceAccount), typeof(V1Service), typeof(V1PodDisruptionBudget), typeof(V1NetworkPolicy), typeof(V1StatefulSet)],
            objects.Select(it => it.GetType()));
        var pod = objects.OfType<V1StatefulSet>().Single().Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal("data", Assert.Single(objects.OfType<V1StatefulSet>().Single().Spec.VolumeClaimTemplates).Metadata.Name);
        var named = pod.Volumes.Select(volume => volume.Name).Append("data").ToHashSet();
        Assert.All(container.VolumeMounts, mount => Assert.Contains(mount.Name, named));
        Assert.All(container.Env.Where(it => Secrets.ContainsKey(it.Name) && !it.Name.Contains("CreateIfMissing", StringComparison.Ordinal)), it => Assert.Null(it.Value));
    }

    [Fact]
    public void Manifests_OfKubernetesWithAMisspeltField_AreRefused() =>
        Assert.ThrowsAny<YamlException>(() => KubernetesYaml.LoadAllFromString(
            Read("kubernetes.yaml").Replace("terminationGracePeriodSeconds", "terminationGraceSeconds", StringComparison.Ordinal), strict: true));

    [Theory]
    [InlineData("compose")]
    [InlineData("kubernetes")]
    [InlineData("systemd")]
    public void Settings_OfADeployment_AreTakenByTheService(string deployment)
    {
        var settings = deployment switch
        {
            "compose" => ComposeSettings(),
            "kubernetes" => KubernetesSettings(),
            _ => SystemdSettings(),
        };

        Assert.True(settings.Count > 8);
        Assert.Empty(ProblemsOf(settings));
        settings["Verification__Audit__SigningKyFile"] = "x";
        Assert.Single(ProblemsOf(settings), problem => problem == "Verification:Audit:SigningKyFile is no setting.");
    }

    [Fact]
    public void Compose_Secrets_AllComeFromOutside()
    {
        var text = Read("compose.yaml");

        Assert.All(SecretOfCompose().Matches(text), line => Assert.Contains("${", line.Value, StringComparison.Ordinal));
        Assert.Equal(6, text.Split("no-new-privileges:true").Length - 1);
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Deployment", name));

    private static List<object> Manifests() => KubernetesYaml.LoadAllFromString(Read("kubernetes.yaml"), strict: true);

    private static Dictionary<string, string> KubernetesSettings() =>
        Manifests().OfType<V1StatefulSet>().Single().Spec.Template.Spec.Containers[0].Env
            .ToDictionary(it => it.Name, it => it.Value ?? Secrets[it.Name]);

    private static Dictionary<string, string> SystemdSettings()
    {
        var unit = Environments().Matches(Read("permit-verification.service"))
            .ToDictionary(line => line.Groups[1].Value, line => line.Groups[2].Value);
        foreach (var (name, value) in Secrets)
        {
            unit.TryAdd(name, value);
        }

        unit["Verification__Registry__Provider"] = "SqlServer";
        return unit;
    }

    private static Dictionary<string, string> ComposeSettings()
    {
        var parser = new MergingParser(new Parser(new StringReader(Read("compose.yaml"))));
        var root = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parser);
        var node = (Dictionary<object, object>)((Dictionary<object, object>)root["services"])["node2"];
        Assert.Equal("true", node["read_only"]);
        return ((Dictionary<object, object>)node["environment"]).ToDictionary(
            it => (string)it.Key, it => Secrets.GetValueOrDefault((string)it.Key, (string)it.Value));
    }

    /// <summary>What the service says of the settings, each file in them one of the test's.</summary>
    private IReadOnlyList<string> ProblemsOf(Dictionary<string, string> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = _folder });
        builder.Configuration.AddInMemoryCollection(
            settings.Where(it => it.Key.Contains("__", StringComparison.Ordinal)).Select(it => KeyValuePair.Create(
                it.Key.Replace("__", ":", StringComparison.Ordinal), (string?)InFolder(it.Value))));
        var problems = new StartProblems();
        Program.AddSettings(builder, TimeProvider.System, demo: false, problems);
        return problems.All;
    }

    private string InFolder(string value) => value.StartsWith('/') ? Path.Combine(_folder, Path.GetFileName(value)) : value;

    [GeneratedRegex(@"^Environment=(\w+__\w+)=(.+)$", RegexOptions.Multiline)]
    private static partial Regex Environments();

    [GeneratedRegex(@"^ +\w*(Password|PASSWORD|Key|KEY|Redis|Registry): .+$", RegexOptions.Multiline)]
    private static partial Regex SecretOfCompose();
}
