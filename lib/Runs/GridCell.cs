using System.Text.Json.Serialization;
using Ndt.Data;
using Ndt.Models;

namespace Ndt.Runs;

/// <summary>A cell of a grid: one architecture on one dataset.</summary>
/// <param name="Architecture">Name in the <see cref="ArchitectureCatalogue"/>.</param>
/// <param name="Dataset">Name in the <see cref="DatasetCatalogue"/>.</param>
[method: JsonConstructor]
public readonly record struct GridCell(string Architecture, string Dataset)
{
    /// <summary>The cells of a file: at least one, of names that the catalogues know, and none twice.</summary>
    /// <exception cref="InputException">They are not; names the value, or the field <c>cells</c>.</exception>
    internal static IReadOnlyList<GridCell> Checked(IReadOnlyList<GridCell> cells)
    {
        foreach (var cell in cells)
        {
            _ = ArchitectureCatalogue.Find(cell.Architecture);
            _ = DatasetCatalogue.Get(cell.Dataset);
        }

        return FieldList.Distinct("cells", cells);
    }

    /// <summary>The cell in words.</summary>
    public override string ToString() => $"{Architecture} on {Dataset}";
}
