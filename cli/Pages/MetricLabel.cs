namespace Ndt.Cli.Pages;

/// <summary>Names of metrics for readers.</summary>
internal static class MetricLabel
{
    private const string Centred = "centred_";

    /// <summary>What a metric of this table name is called; the name itself with spaces where nobody gave it another.</summary>
    public static string Of(string name) => name switch
    {
        "participation_ratio" => "participation ratio, singular values",
        "participation_ratio_eigen" => "participation ratio",
        "effective_rank_90" => "components to 90 %",
        "effective_rank" => "effective rank (entropy)",
        "frobenius_squared" => "squared Frobenius norm",
        "alpha_req" => "α of the eigenspectrum",
        "nc1" => "NC1, within over between classes",
        "nearest_class_mean_accuracy" => "accuracy of the nearest class mean",
        "recorded_stable_rank" => "stable rank as the study recorded it",
        "loss" => "training loss (nats)",
        "probe_loss" => "probe loss (nats)",
        "probe_accuracy" => "probe accuracy",
        _ when name.StartsWith(Centred, StringComparison.Ordinal) => Of(name[Centred.Length..]) + ", centred",
        _ => name.Replace('_', ' '),
    };
}
