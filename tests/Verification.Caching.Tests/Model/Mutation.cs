namespace Verification.Caching.Tests.Model;

/// <summary>One rule of the coherence contract broken, to show that the model would notice.</summary>
public enum Mutation
{
    None,
    StampCheckDropped,
    StampsRaisedAfterPublishing,
    ReadAtOverstated,
    ReadAtOverstatedByPages,
    WatermarkReadAfterTheEntry,
    RegistryIdLeftOutOfTheMac,
    AnnulmentsLeftOutOfReads,
    AnnulmentsLeftOutOfRedis,
    AnnulmentsLeftOutOfTheFeed,
}
