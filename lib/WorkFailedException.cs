namespace Ndt;

/// <summary>
/// The input was right but the work did not succeed: a run met NaN, a download failed, a cell threw. The message is one line;
/// the command prints it and exits with code 1. What it quotes of git, npm or a server is cleaned as in <see cref="InputException"/>.
/// </summary>
public sealed class WorkFailedException : Exception
{
    /// <summary>A one-line message naming what failed and where.</summary>
    public WorkFailedException(string message) : base(Printable.Line(message))
    {
    }

    /// <summary>As above, keeping the cause.</summary>
    public WorkFailedException(string message, Exception inner) : base(Printable.Line(message), inner)
    {
    }
}
