namespace Verification.Caching.Memory;

/// <summary>
/// Where an entry lies, in one word, so that it is read and written at once: the top 26 bits of its number's hash, whether it was asked for,
/// and the place. Zero is no slot.
/// </summary>
internal readonly record struct Slot(ulong Word)
{
    /// <summary>How many chunks a place can tell apart.</summary>
    public const int MaxChunks = 1 << IndexBits;

    /// <summary>How often a chunk's index is given to another before a place means the first one again.</summary>
    public const int Generations = 1 << GenerationBits;

    /// <summary>What entries are aligned to, in bytes.</summary>
    public const int Alignment = 8;

    /// <summary>The most bytes of a chunk with more than one entry.</summary>
    public const int MaxChunkSize = Alignment << OffsetBits;

    private const int OffsetBits = 17;
    private const int IndexBits = 10;
    private const int GenerationBits = 10;
    private const int PlaceBits = OffsetBits + IndexBits + GenerationBits;
    private const int TagShift = PlaceBits + 1;
    private const int TagBits = 64 - TagShift;
    private const ulong AskedFor = 1UL << PlaceBits;
    private const ulong PlaceMask = AskedFor - 1;

    /// <summary>The slot of an entry that nobody has asked for yet.</summary>
    /// <param name="hash">The hash of its number.</param>
    /// <param name="chunk">The chunk that it lies in.</param>
    /// <param name="offset">Where in it.</param>
    public Slot(ulong hash, Chunk chunk, int offset)
        : this((hash >> TagShift << TagShift) | ((ulong)chunk.Place << OffsetBits) | ((uint)offset / Alignment))
    {
    }

    /// <summary>Whether there is an entry.</summary>
    public bool IsTaken => Word != 0;

    /// <summary>Whether somebody asked for the entry since it came to this place.</summary>
    public bool IsAskedFor => (Word & AskedFor) != 0;

    /// <summary>The same, asked for.</summary>
    public Slot Asked => new(Word | AskedFor);

    /// <summary>Which chunk: compare with <see cref="Chunk.Place"/>.</summary>
    public int Place => (int)((Word & PlaceMask) >> OffsetBits);

    /// <summary>The chunk's index.</summary>
    public int Index => Place & (MaxChunks - 1);

    /// <summary>Where in the chunk.</summary>
    public int Offset => (int)(Word & ((1 << OffsetBits) - 1)) * Alignment;

    /// <summary>A chunk's place: its index, and which of the chunks that had it.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="generation">From 1: with it no slot is zero.</param>
    public static int PlaceOf(int index, int generation) => (generation << IndexBits) | index;

    /// <summary>Where a search for a hash begins in so many slots: by its top bits, so that a slot tells by itself.</summary>
    public static int HomeOf(ulong hash, int length) => (int)((hash >> TagShift) * (ulong)length >> TagBits);

    /// <summary>Whether it may be the one of a hash.</summary>
    public bool MayBeOf(ulong hash) => (Word ^ hash) >> TagShift == 0;

    /// <summary>Whether it names the same place.</summary>
    public bool IsAt(Slot other) => ((Word ^ other.Word) & PlaceMask) == 0;

    /// <summary>Where a search for it begins.</summary>
    public int HomeIn(int length) => HomeOf(Word, length);
}
