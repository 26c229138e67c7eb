using Permits.Verification.V1;
using Verification.Client;

using var permits = new PermitVerificationClient(new()
{
    Address = new(Environment.GetEnvironmentVariable("VERIFICATION_ADDRESS") ?? "http://localhost:5081"),
    ApiKey = Environment.GetEnvironmentVariable("VERIFICATION_API_KEY") ?? "demo-housing",
});
try
{
    foreach (var number in args)
    {
        var verdict = await permits.VerifyAsync(number);
        Console.WriteLine($"{verdict.PermitNumber} {verdict.Status} {string.Join(' ', verdict.Reasons)}".TrimEnd());
        if (verdict.Allows(Entitlement.HomePurchase))
            Console.WriteLine($"  may buy a home, until {verdict.ValidUntil:yyyy-MM-dd} if nothing happens (check {verdict.Provenance.CheckId})");
    }

    // Any number of them, in order, at the pace that the limits allow.
    await foreach (var outcome in permits.VerifyManyAsync(args))
        Console.WriteLine($"{outcome.Index} {outcome.Verdict?.Status.ToString() ?? outcome.Fault!.Reason}");
}
catch (PermitVerificationException failure)
{
    // Never a "no": the question was wrong, or nobody could tell.
    Console.Error.WriteLine($"{failure.Reason}: {failure.Message}");
    return failure.CouldNotTell ? 3 : 1;
}
return 0;
