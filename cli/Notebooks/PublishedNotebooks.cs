namespace Ndt.Cli.Notebooks;

/// <summary>The notebooks that are published, in the order in which they are run.</summary>
internal static class PublishedNotebooks
{
    /// <summary>The paper. It comes last, after the notebooks that it sums up.</summary>
    public const string Paper = "paper.ipynb";

    /// <summary>The numbered ones of a folder, then the paper; none where there is no such folder.</summary>
    public static string[] In(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "0*.ipynb").Order(StringComparer.Ordinal), .. Directory.GetFiles(folder, Paper)]
        : [];
}
