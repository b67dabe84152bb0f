namespace Ndt.Benchmarks;

/// <summary>All times taken, in the order in which they were taken.</summary>
internal sealed class SampleSet
{
    private readonly List<Sample> samples = [];
    private readonly List<string> leftOut = [];
    private readonly Dictionary<string, string> notes = [];

    /// <summary>What was not measured, and why: one sentence each.</summary>
    public IReadOnlyList<string> LeftOut => leftOut;

    /// <summary>Adds a time in seconds, of one unit of work (a step, a measurement, a command).</summary>
    public void Add(string benchmark, string subject, string quantity, int repeat, double seconds) =>
        samples.Add(new Sample(benchmark, subject, quantity, repeat, seconds));

    /// <summary>Says that something was not measured.</summary>
    public void LeaveOut(string reason)
    {
        leftOut.Add(reason);
        Progress.Say(reason);
    }

    /// <summary>Keeps what a benchmark ran on, for the report.</summary>
    public void Note(string benchmark, string about) => notes[benchmark] = about;

    /// <summary>What a benchmark ran on; empty where it said nothing.</summary>
    public string NoteOf(string benchmark) => notes.GetValueOrDefault(benchmark, "");

    /// <summary>The subjects of a benchmark, in the order in which they came.</summary>
    public IReadOnlyList<string> Subjects(string benchmark) => [.. samples.Where(s => s.Benchmark == benchmark).Select(s => s.Subject).Distinct()];

    /// <summary>The quantities of a benchmark, in the order in which they came.</summary>
    public IReadOnlyList<string> Quantities(string benchmark) => [.. samples.Where(s => s.Benchmark == benchmark).Select(s => s.Quantity).Distinct()];

    /// <summary>The seconds of every repeat; empty where there are none.</summary>
    public double[] Of(string benchmark, string subject, string quantity) =>
        [.. samples.Where(s => s.Benchmark == benchmark && s.Subject == subject && s.Quantity == quantity).OrderBy(s => s.Repeat).Select(s => s.Seconds)];

    /// <summary>A function of quantities that were taken in the same repeat, for every repeat; empty where one of them is missing.</summary>
    public double[] Paired(string benchmark, string subject, IReadOnlyList<string> quantities, Func<double[], double> of)
    {
        var columns = quantities.Select(quantity => Of(benchmark, subject, quantity)).ToArray();
        return [.. Enumerable.Range(0, columns.Min(column => column.Length)).Select(repeat => of([.. columns.Select(column => column[repeat])]))];
    }

    /// <summary>Every time taken, one a row.</summary>
    public string ToCsv()
    {
        var csv = new Csv("benchmark", "subject", "quantity", "repeat", "seconds");
        foreach (var sample in samples)
        {
            csv.Add(sample.Benchmark).Add(sample.Subject).Add(sample.Quantity).Add(sample.Repeat).Add(sample.Seconds);
        }

        return csv.ToString();
    }

    private readonly record struct Sample(string Benchmark, string Subject, string Quantity, int Repeat, double Seconds);
}
