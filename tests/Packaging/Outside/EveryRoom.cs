using Ndt.Analysis;
using Ndt.Analysis.ChangePoints;
using Ndt.Arrays;
using Ndt.Charts;
using Ndt.Checkpoints;
using Ndt.Claims;
using Ndt.Data;
using Ndt.Measurement;
using Ndt.Models;
using Ndt.PhaseTwo;
using Ndt.Records;
using Ndt.Runs;
using Ndt.Similarity;
using Ndt.Statistics;
using Ndt.Torch;
using Ndt.Training;
using Plotly.NET.CSharp;

namespace Ndt.Tests.Packaging.Outside;

/// <summary>Calls one thing of every room of the library, and what needs a package at run time. Compiled here, and into a program outside of the repository (<see cref="Ndt.Tests.Packaging.OutsideProjectTests"/>).</summary>
internal static class EveryRoom
{
    public static void Run()
    {
        Console.WriteLine($"Torch {TorchNative.BuiltFor}");
        var mnist = DatasetLoader.Load("mnist", seed: 1);
        Console.WriteLine($"Data {mnist.TrainLabels.Length}");
        var architecture = ArchitectureCatalogue.Find("mlp_narrow");
        Console.WriteLine($"Models {architecture.Name}");
        var run = new RunSpec(architecture, "mnist", Seed: 1, Protocol.Study with { Steps = 10 });
        var record = ExperimentRun.Execute(run, _ => mnist);
        Console.WriteLine($"Training {record.Metadata.Steps}");
        Console.WriteLine($"Runs {run.Name}");
        Console.WriteLine($"Measurement {record.Layers[0][Metric.StableRank].Length}");

        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            RecordParquet.Write(file, record);
            Console.WriteLine($"Records {RecordParquet.Read(file).Points.Count}");
        }
        finally
        {
            File.Delete(file);
        }

        var random = new Random(1);
        var x = new Matrix(40, 5, Enumerable.Range(0, 200).Select(_ => random.NextDouble()).ToArray());
        double[] similarities =
        [
            LinearCka.Biased(x, x), LinearCka.Debiased(x, x), CanonicalCorrelation.Mean(x, x), Svcca.Similarity(x, x), Pwcca.Similarity(x, x), Procrustes.Similarity(x, x),
            RepresentationalSimilarity.Similarity(x, x), CosineSimilarity.MeanOverUnits(x, x),
        ];
        Console.WriteLine($"Similarity {similarities.Min():F6} {similarities.Max():F6} {Matrix.FromSingles(1, 2, [1f, 2f]).Centred()[0, 1]}");

        var state = new Checkpoint { Model = [NamedTensor.Create<float>("layer.weight", ElementType.F32, [1f, 2f, 3f, 4f], 2, 2)] };
        var safetensors = Path.ChangeExtension(file, ".safetensors");
        try
        {
            CheckpointFile.Write(safetensors, state);
            Console.WriteLine($"Checkpoints {CheckpointFile.Read(safetensors).Model.Length}");
        }
        finally
        {
            File.Delete(safetensors);
        }

        Console.WriteLine($"Arrays {ArrayFigures.Of("x", new ArrayMatrix(40, 5, x.Values.ToArray())).Samples}");
        Console.WriteLine($"PhaseTwo {WeightComparison.Of(state, 0, state, 1)[0].Cosine:F6}");
        Console.WriteLine($"Statistics {Spearman.Correlate([1, 2, 3], [1, 2, 3]).Rho:F1}");
        Console.WriteLine($"Analysis {Jumps.Find([0, 0, 0, 0, 9, 9, 9, 9]).Count} {new EdPeltDetector(2).Detect([0, 0, 0, 0, 9, 9, 9, 9]).Length}");
        Console.WriteLine($"Claims {ClaimList.Load().Count > 0}");
        var chart = ChartStyle.Apply(Chart.Line<double, double, string>([1, 2], [3, 4]), title: "a line");
        Console.WriteLine($"Charts {Plotly.NET.GenericChart.toJson(chart).Length > 0}");
        Console.WriteLine($"frames {new Microsoft.Data.Analysis.DataFrame(new Microsoft.Data.Analysis.DoubleDataFrameColumn("x", [1.0])).Rows.Count}");
    }
}
