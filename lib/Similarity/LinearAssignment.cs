namespace Ndt.Similarity;

/// <summary>
/// The linear assignment problem: to each row a column of its own, so that the sum of costs is smallest. Shortest augmenting
/// paths after Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems",
/// Computing 38 (1987), doi:10.1007/BF02278710, in the form of Crouse, "On implementing 2D rectangular assignment algorithms",
/// IEEE TAES 52 (2016), doi:10.1109/TAES.2016.140952: O(n³), and the optimum is exact.
/// </summary>
public static class LinearAssignment
{
    /// <summary>The column assigned to each row of <paramref name="costs"/>; empty for no rows. Among equal optima one is taken, always the same.</summary>
    /// <exception cref="ArgumentException">There are more rows than columns, or a cost is not finite.</exception>
    public static int[] Minimise(Matrix costs)
    {
        if (costs.Rows > costs.Columns || !costs.IsFinite)
        {
            throw new ArgumentException($"Costs of {costs.Rows} rows and {costs.Columns} columns cannot be assigned: finite costs of at most as many rows as columns are expected.");
        }

        var search = new AugmentingPaths(costs);
        for (var row = 0; row < costs.Rows; row++)
        {
            search.Assign(row);
        }

        return search.ColumnOfRow;
    }

    private sealed class AugmentingPaths(Matrix costs)
    {
        private readonly double[] rowPrices = new double[costs.Rows];
        private readonly double[] columnPrices = new double[costs.Columns];
        private readonly int[] rowOfColumn = Filled(costs.Columns);
        private readonly double[] distances = new double[costs.Columns];
        private readonly int[] before = new int[costs.Columns];
        private readonly bool[] isReached = new bool[costs.Columns];

        public int[] ColumnOfRow { get; } = Filled(costs.Rows);

        /// <summary>Gives <paramref name="start"/> a column along the cheapest path of reassignments, Dijkstra's with reduced costs.</summary>
        public void Assign(int start)
        {
            Array.Fill(distances, double.PositiveInfinity);
            Array.Clear(isReached);
            double length = 0;
            var row = start;
            int end;
            while (true)
            {
                end = Reach(row, length);
                length = distances[end];
                isReached[end] = true;
                if (rowOfColumn[end] < 0)
                {
                    break;
                }

                row = rowOfColumn[end];
            }

            UpdatePrices(start, length);
            Augment(start, end);
        }

        /// <summary>Relaxes the columns by way of <paramref name="row"/>; the nearest column not reached yet, a free one on a tie.</summary>
        private int Reach(int row, double length)
        {
            var nearest = -1;
            var shortest = double.PositiveInfinity;
            var rowCosts = costs.Row(row);
            for (var column = 0; column < costs.Columns; column++)
            {
                if (isReached[column])
                {
                    continue;
                }

                var distance = length + rowCosts[column] - rowPrices[row] - columnPrices[column];
                if (distance < distances[column])
                {
                    distances[column] = distance;
                    before[column] = row;
                }

                if (distances[column] < shortest || (distances[column] == shortest && rowOfColumn[column] < 0))
                {
                    shortest = distances[column];
                    nearest = column;
                }
            }

            return nearest;
        }

        private void UpdatePrices(int start, double length)
        {
            rowPrices[start] += length;
            for (var column = 0; column < costs.Columns; column++)
            {
                if (!isReached[column])
                {
                    continue;
                }

                if (rowOfColumn[column] >= 0)
                {
                    rowPrices[rowOfColumn[column]] += length - distances[column];
                }

                columnPrices[column] -= length - distances[column];
            }
        }

        private void Augment(int start, int end)
        {
            var column = end;
            int row;
            do
            {
                row = before[column];
                rowOfColumn[column] = row;
                (ColumnOfRow[row], column) = (column, ColumnOfRow[row]);
            }
            while (row != start);
        }

        private static int[] Filled(int length)
        {
            var result = new int[length];
            Array.Fill(result, -1);
            return result;
        }
    }
}
