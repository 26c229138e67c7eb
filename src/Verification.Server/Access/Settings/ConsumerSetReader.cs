using Verification.Server.Access.Consumers;
using Verification.Server.Configuration;
using Verification.Server.Limits;

namespace Verification.Server.Access.Settings;

/// <summary>Makes a set of consumers from the configuration and the consumers file together.</summary>
/// <param name="access">The consumers of the configuration, and which schemes are set up.</param>
/// <param name="budgets">The consumers' budgets.</param>
/// <param name="isDemo">Whether the demo's keys, which everyone knows, are let in.</param>
internal sealed class ConsumerSetReader(AccessOptions access, Budgets budgets, bool isDemo)
{
    /// <summary>Makes a set.</summary>
    /// <param name="file">The consumers of the file; empty where none is configured.</param>
    /// <param name="problems">Has what is wrong with them one by one, and takes what is wrong with them together.</param>
    /// <returns>Null where there is a problem.</returns>
    public ConsumerSet? Read(Dictionary<string, ConsumerSettings> file, StartProblems problems)
    {
        KeyValuePair<string, ConsumerSettings>[] all = [.. access.Consumers, .. file];
        foreach (var problem in ProblemsOf(all))
        {
            problems.Add(problem);
        }

        if (problems.Any)
        {
            return null;
        }

        // Only now: a set that is refused leaves the budgets as they are.
        var consumers = all.ToDictionary(
            it => it.Key,
            it => new Consumer(
                it.Key,
                it.Value.Class!.Value,
                it.Value.Roles.Aggregate((some, role) => some | role),
                budgets.Of(it.Key, it.Value.Limits),
                it.Value.RequireIdentity));
        return new ConsumerSet(
            consumers.Values,
            Grants(it => it.Keys, key => key.Key!),
            Grants(it => it.Certificates, certificate => certificate.Pin),
            Grants(it => it.Tokens, token => token.Subject!));

        IEnumerable<ConsumerGrant<T>> Grants<TSettings, T>(Func<ConsumerSettings, TSettings[]> credentials, Func<TSettings, T> credential)
            where TSettings : CredentialSettings =>
            from it in all
            from settings in credentials(it.Value)
            select new ConsumerGrant<T>(credential(settings), consumers[it.Key], settings.Validity);
    }

    private static IEnumerable<string> Repeated<T>(IEnumerable<T> values, string problem) =>
        values.Where(value => value is not null).GroupBy(value => value).Where(group => group.Count() > 1).Select(_ => problem);

    private IEnumerable<string> ProblemsOf(KeyValuePair<string, ConsumerSettings>[] all)
    {
        foreach (var name in all.GroupBy(it => it.Key).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            yield return $"Consumer '{name}' stands both in the configuration and in the consumers file.";
        }

        ConsumerSettings[] consumers = [.. all.Select(it => it.Value)];
        var keys = consumers.SelectMany(it => it.Keys).Select(key => key.Key).ToArray();
        var repeated = Repeated(keys, "Two consumers' Keys have the same Sha256.")
            .Concat(Repeated(consumers.SelectMany(it => it.Certificates).Select(it => it.Pin), "Two consumers' Certificates are the same."))
            .Concat(Repeated(consumers.SelectMany(it => it.Tokens).Select(it => it.Subject), "Two consumers' Tokens have the same Subject."));
        foreach (var problem in repeated)
        {
            yield return problem;
        }

        if (!isDemo && DemoConsumers.Names.Select(name => ApiKey.FromText(name)!).Any(keys.Contains))
        {
            yield return "A consumer's key is one of the demo's, which everyone knows; they are let in with --demo alone.";
        }

        if (access.Certificates.AuthorityFile is null && consumers.Any(it => it.Certificates.Length > 0))
        {
            yield return $"Consumers have Certificates, but {CertificateOptions.Section}:AuthorityFile is not set.";
        }

        if (access.Tokens.Issuer is null && consumers.Any(it => it.Tokens.Length > 0))
        {
            yield return $"Consumers have Tokens, but {TokenOptions.Section}:Issuer is not set.";
        }
    }
}
