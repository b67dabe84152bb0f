using System.Globalization;

namespace Ndt.Records;

/// <summary>Run metadata as the text that a Parquet file's key-value metadata holds; keys begin with <c>ndt.</c>.</summary>
internal static class RecordMetadata
{
    private const string ArchitecturePrefix = "ndt.architecture.";
    private const string DetailPrefix = "ndt.detail.";

    /// <summary>All of it, by key.</summary>
    public static Dictionary<string, string> ToText(RunMetadata run)
    {
        var text = new Dictionary<string, string>
        {
            ["ndt.architecture"] = run.Architecture,
            ["ndt.dataset"] = run.Dataset,
            ["ndt.seed"] = run.Seed?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["ndt.protocol"] = run.Protocol,
            ["ndt.steps"] = run.Steps.ToString(CultureInfo.InvariantCulture),
            ["ndt.measure_every"] = run.MeasureEvery.ToString(CultureInfo.InvariantCulture),
            ["ndt.final_accuracy"] = Text(run.FinalAccuracy),
            ["ndt.elapsed_seconds"] = Text(run.ElapsedSeconds),
        };
        foreach (var (key, value) in run.ArchitectureParameters)
        {
            text[ArchitecturePrefix + key] = Text(value);
        }

        foreach (var (key, value) in run.Details)
        {
            text[DetailPrefix + key] = value;
        }

        return text;
    }

    /// <summary>Reads it back; throws <see cref="InputException"/> naming the file and the key that is missing or no number.</summary>
    public static RunMetadata FromText(string path, IReadOnlyDictionary<string, string> text)
    {
        string Required(string key) => text.TryGetValue(key, out var value) ? value : throw new InputException($"{path}: metadata {key} is missing: not a record of ndt");
        int Whole(string key, string value) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InputException($"{path}: metadata {key} is '{value}'; expected a whole number");
        int Count(string key) => Whole(key, Required(key)) is > 0 and var count
            ? count
            : throw new InputException($"{path}: metadata {key} is '{text[key]}'; expected a whole number from 1");
        double Real(string key, string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InputException($"{path}: metadata {key} is '{value}'; expected a number");

        var seed = Required("ndt.seed");
        return new RunMetadata
        {
            Architecture = Required("ndt.architecture"),
            Dataset = Required("ndt.dataset"),
            Seed = seed.Length == 0 ? null : Whole("ndt.seed", seed),
            Protocol = Required("ndt.protocol"),
            Steps = Count("ndt.steps"),
            MeasureEvery = Count("ndt.measure_every"),
            FinalAccuracy = Real("ndt.final_accuracy", Required("ndt.final_accuracy")),
            ElapsedSeconds = Real("ndt.elapsed_seconds", Required("ndt.elapsed_seconds")),
            ArchitectureParameters = With(ArchitecturePrefix, (key, value) => Real(key, value)),
            Details = With(DetailPrefix, (_, value) => value),
        };

        SortedDictionary<string, T> With<T>(string prefix, Func<string, string, T> read)
        {
            var values = new SortedDictionary<string, T>(StringComparer.Ordinal);
            foreach (var (key, value) in text.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)))
            {
                values[key[prefix.Length..]] = read(key, value);
            }

            return values;
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
