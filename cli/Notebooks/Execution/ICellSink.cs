using Ndt.Cli.Notebooks.Display;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>Where a running cell's output goes, in the order in which it arises. Called from any thread, one call at a time.</summary>
internal interface ICellSink
{
    /// <summary>Text printed; <paramref name="name"/> is <c>stdout</c> or <c>stderr</c>.</summary>
    void Stream(string name, string text);

    /// <summary>A value shown.</summary>
    void Display(DisplayData data, string displayId);

    /// <summary>Another value for what was shown under that id.</summary>
    void Update(DisplayData data, string displayId);

    /// <summary>The cell's last value.</summary>
    void Result(DisplayData data);

    /// <summary>Why the cell failed.</summary>
    void Error(CellError error);

    /// <summary>A line from the reader.</summary>
    /// <exception cref="InvalidOperationException">Nobody can answer.</exception>
    string Ask(string prompt, bool password) => throw new InvalidOperationException("the cell asks for input, and nobody is there to answer");
}
