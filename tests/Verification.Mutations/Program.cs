using System.Globalization;
using Verification.Mutations;

// Verification.Mutations core|access|coherence [COUNT] [SEED], in the repository.
//
// Draws COUNT (100) of the small changes that are possible in an area of the product, makes one after the other, and runs the area's
// tests for each. 1 when fewer are noticed than the area asks for. A seed repeats a draw.
if (args.Length is 0 or > 3 || Area.All.FirstOrDefault(area => area.Name == args[0]) is not { } area)
{
    await Console.Error.WriteLineAsync("Verification.Mutations core|access|coherence [COUNT] [SEED]");
    return 1;
}

var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100;
var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Random.Shared.Next(1_000_000);
var trials = await Trials.PrepareAsync(Directory.GetCurrentDirectory(), area);
var pool = area.ChangesOf(trials.Product).ToArray();
new Random(seed).Shuffle(pool);
Console.WriteLine($"{area.Name}, seed {seed}: {pool.Length} changes are possible, {count} are tried.");

var (noticed, tried) = (0, 0);
foreach (var mutation in pool.Where(mutation => trials.TryMake(mutation)).Take(count))
{
    var by = await trials.NoticedByAsync();
    noticed += by is null ? 0 : 1;
    tried++;
    Console.WriteLine($"{tried,4} {(by is null ? "MISSED " : "noticed")} {mutation}{(by is null ? "" : $"    by {by}")}");
}

Console.WriteLine($"{area.Name}, seed {seed}: {noticed} of {tried} changes were noticed.");
return noticed * 100 >= area.Floor * tried ? 0 : 1;
