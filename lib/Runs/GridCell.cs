using Ndt.Data;
using Ndt.Models;

namespace Ndt.Runs;

/// <summary>A cell of a grid: one architecture on one dataset.</summary>
/// <param name="Architecture">Name in the <see cref="ArchitectureCatalogue"/>.</param>
/// <param name="Dataset">Name in the <see cref="DatasetCatalogue"/>.</param>
public readonly record struct GridCell(string Architecture, string Dataset);
