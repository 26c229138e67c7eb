using System.Text;

namespace Verification.Cli.Shell;

/// <summary>Drops the blanks at the ends of lines with which tables fill their last column.</summary>
internal sealed class TrimmingWriter(TextWriter target) : TextWriter
{
    private int _blanks;

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _blanks++;
            return;
        }
        for (; _blanks > 0; _blanks--)
        {
            if (value is not ('\n' or '\r'))
                target.Write(' ');
        }
        target.Write(value);
    }

    public override void Flush() => target.Flush();
}
