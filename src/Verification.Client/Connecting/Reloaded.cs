using System.Security.Cryptography;

namespace Verification.Client;

/// <summary>
/// Something that files hold and that may change while the program runs. Looked at again when it is used, every two seconds at most; what
/// cannot be read then changes nothing, as a file that is being replaced may be gone for a moment.
/// </summary>
/// <param name="load">Reads it.</param>
/// <param name="time">The clock.</param>
internal sealed class Reloaded<T>(Func<T> load, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly object _turn = new();
    private T _value = load();
    private long _readAt = time.GetTimestamp();

    public T Current
    {
        get
        {
            lock (_turn)
            {
                if (time.GetElapsedTime(_readAt) >= Interval)
                {
                    Reload();
                    _readAt = time.GetTimestamp();
                }
                return _value;
            }
        }
    }

    private void Reload()
    {
        try
        {
            _value = load();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
        {
            // The one known last stays.
        }
    }
}
