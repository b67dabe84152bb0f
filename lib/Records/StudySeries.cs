using Ndt.Measurement;

namespace Ndt.Records;

/// <summary>A study file's points and layers while they are read.</summary>
internal sealed class StudySeries
{
    /// <summary>No network here has a hundredth of it; names are looked up one by one.</summary>
    public const int MostLayers = 2000;

    private readonly List<List<double>[]> values = [];
    private string[] names = [];

    public List<MeasurementPoint> Points { get; } = [];

    /// <summary>The layers in the order of the first measurement.</summary>
    public ReadOnlySpan<string> Names => names;

    /// <summary>The first layer without a value for the measurement being read; null when all have theirs.</summary>
    public string? FirstUnmeasured => names.Index().FirstOrDefault(name => !IsMeasured(name.Index)).Item;

    /// <summary>A layer's place, most likely <paramref name="likely"/>; the first measurement adds the ones it meets; −1 stands for an unknown one later, and for one too many.</summary>
    public int Find(string name, int likely)
    {
        if (likely < names.Length && names[likely] == name)
        {
            return likely;
        }

        var place = Array.IndexOf(names, name);
        if (place < 0 && Points.Count == 0 && names.Length < MostLayers)
        {
            place = names.Length;
            names = [.. names, name];
            values.Add([.. StudyFields.Metrics.Select(_ => new List<double>())]);
        }

        return place;
    }

    /// <summary>Whether a layer has its values for the measurement being read.</summary>
    public bool IsMeasured(int layer) => values[layer][0].Count > Points.Count;

    public void Add(int layer, int metric, double value) => values[layer][metric].Add(value);

    /// <summary>The layers in order of depth, with the recovered stable rank beside the recorded figures.</summary>
    public LayerSeries[] Layers()
    {
        var depths = ForwardOrder.Depths(names);
        var layers = new LayerSeries[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            var series = new Dictionary<Metric, double[]>();
            for (var metric = 0; metric < StudyFields.Metrics.Length; metric++)
            {
                series[StudyFields.Metrics[metric].Metric] = [.. values[i][metric]];
            }

            series[Metric.StableRank] = Recovered(series[Metric.NuclearNormRatio], series[Metric.ParticipationRatio]);
            layers[depths[i]] = new LayerSeries(names[i], LayerView.Study, depths[i], samples: 0, features: 0, series);
        }

        return layers;
    }

    /// <summary>(Σs / s₁)² / ((Σs)² / Σs²) = Σs² / s₁²: what defect A kept from the records.</summary>
    private static double[] Recovered(double[] nuclearNormRatio, double[] participationRatio)
    {
        var stableRank = new double[nuclearNormRatio.Length];
        for (var i = 0; i < stableRank.Length; i++)
        {
            stableRank[i] = nuclearNormRatio[i] * nuclearNormRatio[i] / participationRatio[i];
        }

        return stableRank;
    }
}
