using System.CommandLine;
using System.Globalization;
using System.IO.Enumeration;
using Ndt.Arrays;
using Ndt.Measurement;
using Ndt.Similarity;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt similarity</c>: two networks, or two moments of one, layer by layer, from files of any framework.</summary>
internal static class SimilarityCommand
{
    private const int DefaultDraws = 20;

    internal static Command Create()
    {
        var first = new Argument<string>("A") { Description = $"A file of activations ({ArrayFile.KnownEndings}): arrays [samples, …] by layer." };
        var second = new Argument<string>("B") { Description = "Another, of the same samples in the same order." };
        var measures = new Option<string>("--measures")
        {
            Description = $"Which, by commas: {string.Join(", ", SimilarityMeasure.All.Select(measure => measure.Name))}.",
            HelpName = "NAME,NAME",
            DefaultValueFactory = _ => string.Join(',', SimilarityMeasure.AtAnySampleSize.Select(measure => measure.Name)),
        };
        var layer = LayerOption.Create("arrays");
        var view = new Option<string>("--view") { Description = "How an array of more than two dimensions becomes [samples, features], as with ndt measure.", DefaultValueFactory = _ => LayerView.Study };
        view.AcceptOnly([.. ArrayView.All]);
        var draws = new Option<int>("--draws") { Description = "Random orders of the samples for the floor.", HelpName = "N", DefaultValueFactory = _ => DefaultDraws };
        var seed = new Option<int>("--seed") { Description = "Seed of these orders.", HelpName = "N" };
        var quiet = QuietOption.Create();
        var json = JsonOutput.Option("one JSON array with an object per layer and measure");
        var command = new Command("similarity", "Compares two files of activations layer by layer, beside floor (samples in random order) and ceiling (a layer and itself, its units permuted).")
        {
            first, second, measures, layer, view, draws, seed, json, quiet,
        };
        command.SetAction((parsed, stop) =>
        {
            var chosen = NameList.Parse(measures.Name, parsed.GetRequiredValue(measures), SimilarityMeasure.Find, SimilarityMeasure.All.Select(measure => measure.Name));
            var count = parsed.GetCount(draws);
            var (pathA, pathB, chosenView) = (parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), parsed.GetRequiredValue(view));
            using var fileA = ArrayFile.Open(pathA);
            using var fileB = ArrayFile.Open(pathB);
            foreach (var notice in new[] { UnreadNotice.Of(pathA, fileA.LeftOut), UnreadNotice.Of(pathB, fileB.LeftOut) }.OfType<string>())
            {
                Console.Error.WriteLine(notice);
            }

            var pairs = Pairs(pathA, Chosen(pathA, fileA, parsed.GetRequiredValue(layer)), pathB, Chosen(pathB, fileB, parsed.GetRequiredValue(layer)));
            var rows = new List<Row>();
            using (var status = new StatusLine(parsed.GetValue(quiet) || pairs.Count == 1))
            {
                foreach (var (name, storedA, storedB) in pairs)
                {
                    stop.ThrowIfCancellationRequested();
                    status.Show(string.Create(CultureInfo.InvariantCulture, $"comparing {(rows.Count / chosen.Length) + 1} of {pairs.Count}: {name}"));
                    var (a, b) = (Read(pathA, storedA, chosenView), Read(pathB, storedB, chosenView));
                    rows.AddRange(chosen.Select(measure => new Row(name, a.Rows, a.Columns, b.Columns, BoundedSimilarity.Of(measure, a, b, count, parsed.GetValue(seed)))));
                    LargeArrays.GiveBack(storedA.Shape);
                }
            }

            if (parsed.GetValue(json))
            {
                Console.Write(Json(rows));
            }
            else
            {
                Write(Console.Out, rows);
            }

            return Task.FromResult(0);
        });
        return command;
    }

    /// <summary>The layers of the same name in both files; a single array in each makes a pair whatever the names.</summary>
    private static List<(string Name, StoredArray A, StoredArray B)> Pairs(string first, List<StoredArray> a, string second, List<StoredArray> b)
    {
        if (a.Count == 1 && b.Count == 1)
        {
            return [Pair(a[0].Name == b[0].Name ? a[0].Name : $"{a[0].Name} ~ {b[0].Name}", a[0], b[0])];
        }

        var pairs = a.Join(b, x => x.Name, y => y.Name, (x, y) => Pair(x.Name, x, y)).ToList();
        if (pairs.Count == 0)
        {
            throw new InputException($"{first} and {second} have no array name in common; {first} has {Names(a)}, {second} has {Names(b)}");
        }

        foreach (var (path, alone) in new[] { (first, a.ExceptBy(b.Select(other => other.Name), mine => mine.Name)), (second, b.ExceptBy(a.Select(other => other.Name), mine => mine.Name)) })
        {
            if (alone.Any())
            {
                Console.Error.WriteLine($"ndt: only in {path}: {Names(alone)}");
            }
        }

        return pairs;

        (string, StoredArray, StoredArray) Pair(string name, StoredArray x, StoredArray y) => x.Shape[0] == y.Shape[0]
            ? (name, x, y)
            : throw new InputException($"{Printable.Quote(name)}: {first} has {x.Shape[0]} samples, {second} {y.Shape[0]}; activations of the same samples are needed");
    }

    private static List<StoredArray> Chosen(string path, ArrayFile file, string layer)
    {
        var arrays = file.Arrays.Where(array => array.Shape.Count > 0 && FileSystemName.MatchesSimpleExpression(layer, array.Name, ignoreCase: false)).ToList();
        return arrays.Count > 0 ? arrays : throw new InputException($"{path}: no array{(layer == "*" ? "" : $" named {layer}")} to compare");
    }

    private static Matrix Read(string path, StoredArray stored, string view)
    {
        var (samples, features, values) = stored.ReadMatrix(path, view);
        return new Matrix(samples, features, values);
    }

    private static string Names(IEnumerable<StoredArray> arrays) => string.Join(", ", arrays.Select(array => Printable.Quote(array.Name)));

    private static string Json(IEnumerable<Row> rows) => JsonOutput.Of(writer =>
    {
        writer.WriteStartArray();
        foreach (var (layer, samples, featuresA, featuresB, value) in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("layer", layer);
            writer.WriteString("measure", value.Measure);
            writer.WriteNumber("samples", samples);
            writer.WriteNumber("features_a", featuresA);
            writer.WriteNumber("features_b", featuresB);
            foreach (var (name, number) in new[]
            {
                ("similarity", value.Similarity), ("floor", value.Floor), ("floor_low", value.FloorLow), ("floor_high", value.FloorHigh), ("ceiling", value.Ceiling),
            })
            {
                writer.WriteFiniteOrNull(name, number);
            }

            writer.WriteNumber("draws", value.Draws);
            writer.WriteNumber("seed", value.Seed);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static void Write(TextWriter output, List<Row> rows)
    {
        string[][] table =
        [
            ["layer", "measure", "samples", "features", "similarity", "floor", "[2.5, 97.5 %]", "ceiling"],
            .. rows.Select(row => (string[])
            [
                Printable.Line(row.Layer),
                row.Value.Measure,
                row.Samples.ToString(CultureInfo.InvariantCulture),
                row.FeaturesA == row.FeaturesB ? row.FeaturesA.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{row.FeaturesA}, {row.FeaturesB}"),
                Number(row.Value.Similarity),
                Number(row.Value.Floor),
                $"[{Number(row.Value.FloorLow)}, {Number(row.Value.FloorHigh)}]",
                Number(row.Value.Ceiling),
            ]),
        ];
        TextTable.Write(output, table, column => column < 2);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Floor: mean and range of {rows[0].Value.Draws} comparisons with B's samples in random order (seed {rows[0].Value.Seed}). Ceiling: A and itself, its units permuted."));
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("F3", CultureInfo.InvariantCulture) : "–";

    private sealed record Row(string Layer, int Samples, int FeaturesA, int FeaturesB, BoundedSimilarity Value);
}
