namespace Ndt;

/// <summary>
/// Wrong use or wrong input: a file, field or argument that the caller has to change. The message is one line that names
/// what was found and what would be right; the command prints it as it stands and exits with code 2. What a message quotes
/// may come from a hostile file: control characters in it are replaced, and it is cut after 2,000 characters.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>A one-line message naming file, field, value found and what would be right.</summary>
    public InputException(string message) : base(Printable.Line(message))
    {
    }

    /// <summary>As above, keeping the exception that revealed it.</summary>
    public InputException(string message, Exception inner) : base(Printable.Line(message), inner)
    {
    }
}
