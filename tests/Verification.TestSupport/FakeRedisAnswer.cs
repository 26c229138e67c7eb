namespace Verification.TestSupport;

/// <summary>Answers a command of a <see cref="FakeRedis"/>.</summary>
/// <param name="command">The command and its arguments.</param>
/// <param name="usually">What a Redis in good order, without any value, would answer.</param>
/// <returns>The bytes of the answer, as Latin-1; empty to answer nothing; null to close the connection.</returns>
public delegate string? FakeRedisAnswer(string[] command, Func<string> usually);
