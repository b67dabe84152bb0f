namespace Ndt.Cli.Notebooks;

/// <summary>How notebooks are run without anybody watching.</summary>
internal sealed record RunOptions
{
    /// <summary>Where the executed notebooks go; null writes them in place.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>The HTML page to write of each notebook, by full paths; none where it is empty.</summary>
    public IReadOnlyDictionary<string, string> Pages { get; init; } = new Dictionary<string, string>();

    /// <summary>The page that lists the pages, to link back to; null where there is none.</summary>
    public string? PageHome { get; init; }

    /// <summary>Values for the notebooks' parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The longest that one cell may take; null sets no limit.</summary>
    public TimeSpan? CellLimit { get; init; }

    /// <summary>Whether the cells after a failed one are run all the same.</summary>
    public bool AllowErrors { get; init; }
}
