using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Storage.Sqlite;

namespace Verification.Server.Hosting;

/// <summary>Opens the registry.</summary>
internal static class RegistryHosting
{
    private const string FileName = "registry.db";

    /// <summary>Opens the registry in the data folder, making and migrating it where needed.</summary>
    /// <exception cref="StartRefusedException">It cannot be opened.</exception>
    public static async Task AddRegistryAsync(this WebApplicationBuilder builder, VerificationOptions options, TimeProvider timeProvider)
    {
        var digester = new IdentityDigester(Convert.FromBase64String(options.Identity.DigestKey!));
        var registry = await OpenAsync(options.DataDirectory, digester.KeyId, timeProvider);

        // Made by a factory, so that the container closes it.
        builder.Services.AddSingleton<IPermitRegistry>(_ => registry);
    }

    private static async Task<SqliteRegistry> OpenAsync(string directory, uint digestKeyId, TimeProvider timeProvider)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return await SqliteRegistry.OpenAsync(
                Path.Combine(directory, FileName), digestKeyId, timeProvider, CancellationToken.None);
        }
        catch (Exception cause) when (cause is RegistryUnavailableException or InvalidOperationException
            or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The registry in '{directory}' cannot be opened: {cause.Message}", cause);
        }
    }
}
