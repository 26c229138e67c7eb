using Verification.Server.Access.Consumers;
using Verification.Server.Configuration;
using Verification.Server.Limits;


namespace Verification.Server.Access.Settings;

/// <summary>Makes a set of consumers from the configuration and the consumers file together.</summary>
/// <param name="configured">The section of the configuration, read once.</param>
/// <param name="access">Which schemes are set up.</param>
/// <param name="budgets">The consumers' budgets.</param>
/// <param name="isDemo">Whether the demo's keys, which everyone knows, are let in.</param>
internal sealed class ConsumerSetReader(IConfigurationSection configured, AccessOptions access, Budgets budgets, bool isDemo)
{
    /// <summary>Reads a set.</summary>
    /// <param name="file">The consumers of the file; null where none is configured.</param>
    /// <exception cref="StartRefusedException">All that is wrong with them.</exception>
    public ConsumerSet Read(IConfigurationSection? file)
    {
        var settings = new SettingsReader();
        var reader = new ConsumerReader(settings);
        var drafts = configured.GetChildren().Concat(file?.GetChildren() ?? []).Select(reader.Read).ToArray();
        var problems = settings.Problems.Concat(ProblemsOf(drafts)).ToArray();
        if (problems.Length > 0)
        {
            throw new StartRefusedException(problems);
        }

        // Only now: a set that is refused leaves the budgets as they are.
        var consumers = drafts.ToDictionary(
            draft => draft.Name,
            draft => new Consumer(draft.Name, draft.Class, draft.Roles, budgets.Of(draft.Name, draft.Limits)));
        return new ConsumerSet(
            consumers.Values,
            Grants(draft => draft.Keys),
            Grants(draft => draft.Certificates),
            Grants(draft => draft.Tokens));

        IEnumerable<ConsumerGrant<T>> Grants<T>(Func<ConsumerDraft, IEnumerable<(T Credential, Validity Validity)>> credentials) =>
            from draft in drafts
            from credential in credentials(draft)
            select new ConsumerGrant<T>(credential.Credential, consumers[draft.Name], credential.Validity);
    }

    private static IEnumerable<string> Repeated<T>(IEnumerable<T> values, string problem)
        where T : notnull =>
        values.GroupBy(value => value).Where(group => group.Count() > 1).Select(_ => problem);

    private IEnumerable<string> ProblemsOf(ConsumerDraft[] drafts)
    {
        foreach (var name in drafts.GroupBy(draft => draft.Name).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            yield return $"Consumer '{name}' stands both in the configuration and in the consumers file.";
        }

        var keys = drafts.SelectMany(draft => draft.Keys).Select(key => key.Key).Where(key => key is not null).ToArray();
        var repeated = Repeated(keys, "Two consumers' Keys have the same Sha256.")
            .Concat(Repeated(drafts.SelectMany(draft => draft.Certificates).Select(pin => pin.Pin), "Two consumers' Certificates are the same."))
            .Concat(Repeated(drafts.SelectMany(draft => draft.Tokens).Select(token => token.Subject), "Two consumers' Tokens have the same Subject."));
        foreach (var problem in repeated)
        {
            yield return problem;
        }

        if (!isDemo && DemoConsumers.Names.Select(name => ApiKey.FromText(name)!).Any(keys.Contains))
        {
            yield return "A consumer's key is one of the demo's, which everyone knows; they are let in with --demo alone.";
        }

        if (access.Certificates.AuthorityFile is null && drafts.Any(draft => !draft.Certificates.IsEmpty))
        {
            yield return $"Consumers have Certificates, but {AccessOptions.CertificatesSection}:AuthorityFile is not set.";
        }

        if (access.Tokens.Issuer is null && drafts.Any(draft => !draft.Tokens.IsEmpty))
        {
            yield return $"Consumers have Tokens, but {AccessOptions.TokensSection}:Issuer is not set.";
        }
    }
}
