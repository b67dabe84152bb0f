using System.Globalization;
using Ndt.Arrays;
using Ndt.Measurement;

namespace Ndt.Cli.Commands;

/// <summary>What <c>ndt measure</c> found, for a terminal, as JSON and as CSV.</summary>
internal static class MeasureTables
{
    // The columns of the terminal's table: what a reader asks first. JSON and CSV hold all.
    private static readonly (string Header, Metric Uncentred, Metric Centred)[] Shown =
    [
        ("stable rank", Metric.StableRank, Metric.CentredStableRank),
        ("PR (s)", Metric.ParticipationRatio, Metric.CentredParticipationRatio),
        ("PR (λ)", Metric.ParticipationRatioEigen, Metric.CentredParticipationRatioEigen),
        ("eff. rank", Metric.EffectiveRank, Metric.CentredEffectiveRank),
        ("90 %", Metric.EffectiveRank90, Metric.CentredEffectiveRank90),
        ("Σs/s₁", Metric.NuclearNormRatio, Metric.CentredNuclearNormRatio),
    ];

    /// <summary>One JSON array: file, array, step or null, samples, features, and every figure by name; null for one that is undefined.</summary>
    public static string Json(IEnumerable<MeasuredFile> files) => JsonOutput.Of(writer =>
    {
        writer.WriteStartArray();
        foreach (var (file, array) in Rows(files))
        {
            writer.WriteStartObject();
            writer.WriteString("file", file.Path);
            writer.WriteString("array", array.Array);
            writer.WriteOrNull("step", file.Step?.Step);
            writer.WriteNumber("samples", array.Samples);
            writer.WriteNumber("features", array.Features);
            foreach (var (name, value) in array.All())
            {
                writer.WriteFiniteOrNull(name, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>The same as CSV, a row per array.</summary>
    public static string Csv(IReadOnlyList<MeasuredFile> files)
    {
        var table = new Csv([.. (string[])["file", "array", "step", "samples", "features"], .. files[0].Arrays[0].All().Select(figure => figure.Name)]);
        foreach (var (file, array) in Rows(files))
        {
            table.Add(file.Path).Add(array.Array).Add(file.Step?.Step.ToString(CultureInfo.InvariantCulture) ?? "").Add(array.Samples).Add(array.Features);
            foreach (var (_, value) in array.All())
            {
                table.Add(value);
            }
        }

        return table.ToString();
    }

    /// <summary>A table for people: a row per array, four significant digits, – for what is undefined.</summary>
    public static void Write(TextWriter output, IReadOnlyList<MeasuredFile> files, bool centred)
    {
        var steps = files.Any(file => file.Step is not null);
        var severalFiles = !steps && files.Count > 1;
        string[][] rows =
        [
            [.. severalFiles ? (string[])["file"] : [], .. steps ? (string[])["step"] : [], "array", "samples", "features", .. Shown.Select(column => column.Header), "TwoNN"],
            .. Rows(files).Select(row => (string[])
            [
                .. severalFiles ? (string[])[row.File.Path] : [],
                .. steps ? (string[])[row.File.Step?.Step.ToString(CultureInfo.InvariantCulture) ?? "–"] : [],
                Printable.Line(row.Array.Array),
                row.Array.Samples.ToString(CultureInfo.InvariantCulture),
                row.Array.Features.ToString(CultureInfo.InvariantCulture),
                .. Shown.Select(column => Number(row.Array.ToLayer(0, "")[centred ? column.Centred : column.Uncentred])),
                Number(row.Array.TwoNN),
            ]),
        ];
        var words = severalFiles ? 2 : 1 + (steps ? 1 : 0);
        TextTable.Write(output, rows, column => column < words && rows[0][column] != "step");
        output.WriteLine(centred ? "Of every array with its features' means removed; without --centred: of the array as it stands." : "Of every array as it stands; --centred shows the figures without the features' means.");
    }

    private static IEnumerable<(MeasuredFile File, ArrayFigures Array)> Rows(IEnumerable<MeasuredFile> files) =>
        files.SelectMany(file => file.Arrays.Select(array => (file, array)));

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "–";
}
