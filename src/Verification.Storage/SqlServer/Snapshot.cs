using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>Something that was read, with the head of its snapshot.</summary>
internal readonly record struct Snapshot<T>(T Value, RegistryHead Head);
