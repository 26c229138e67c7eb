namespace Verification.Microbenchmarks;

/// <summary>A step that answers wrongly is not measured.</summary>
internal static class Answers
{
    /// <summary>Goes on where an answer is right.</summary>
    /// <exception cref="InvalidOperationException">It is wrong.</exception>
    public static void Must(bool isRight, string step)
    {
        if (!isRight)
        {
            throw new InvalidOperationException($"{step} answers wrongly.");
        }
    }

    /// <summary>What a lookup tells at once: who must wait is not answered from memory.</summary>
    public static T AtOnce<T>(ValueTask<T> answering)
    {
        Must(answering.IsCompletedSuccessfully, "A lookup that must wait");
        return answering.Result;
    }
}
