using System.Globalization;
using Ndt.Data.Fetching;

namespace Ndt.Cli;

/// <summary>A download's progress on the status line.</summary>
internal sealed class FetchedBytes(StatusLine status) : IProgress<FetchProgress>
{
    private const long Megabyte = 1_000_000;

    /// <inheritdoc/>
    public void Report(FetchProgress value)
    {
        var total = value.Total is { } bytes ? string.Create(CultureInfo.InvariantCulture, $" of {bytes / Megabyte}") : "";
        status.Show(string.Create(CultureInfo.InvariantCulture, $"{value.File}: {value.Bytes / Megabyte}{total} MB"));
    }
}
