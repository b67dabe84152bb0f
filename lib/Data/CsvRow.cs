namespace Ndt.Data;

/// <summary>A row of a CSV file.</summary>
/// <param name="Line">The line on which it starts, from 1.</param>
/// <param name="Fields">Its fields, quotes undone.</param>
public sealed record CsvRow(int Line, IReadOnlyList<string> Fields);
