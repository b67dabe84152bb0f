using System.Text;

namespace Ndt.Cli.Notebooks.Pages;

/// <summary>The elements that a piece of HTML has opened and not closed yet. Work is in proportion to the tags, whatever their order.</summary>
internal sealed class OpenElements
{
    private readonly Stack<string> names = new();
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>An element begins.</summary>
    public void Push(string name)
    {
        names.Push(name);
        counts[name] = counts.GetValueOrDefault(name) + 1;
    }

    /// <summary>Closes an element and all that was opened in it. An end without a beginning is dropped: it would close what the page itself opened.</summary>
    public void Close(string name, StringBuilder html)
    {
        if (counts.GetValueOrDefault(name) == 0)
        {
            return;
        }

        while (Pop(html) != name)
        {
        }
    }

    /// <summary>Closes all.</summary>
    public void CloseAll(StringBuilder html)
    {
        while (names.Count > 0)
        {
            Pop(html);
        }
    }

    private string Pop(StringBuilder html)
    {
        var name = names.Pop();
        counts[name]--;
        html.Append("</").Append(name).Append('>');
        return name;
    }
}
