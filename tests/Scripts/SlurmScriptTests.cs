using System.ComponentModel;
using System.Diagnostics;

namespace Ndt.Tests.Scripts;

/// <summary>What can be said of the scripts for Slurm without a Slurm; <c>scripts/slurm/test</c> runs them on one.</summary>
[Trait("Category", "Integration")]
public sealed class SlurmScriptTests
{
    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "scripts", "slurm")).Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_is_whole_shell(string script) => AssertClean(Run("bash", "-n", PathOf(script)));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_has_none_of_the_faults_that_shellcheck_knows(string script)
    {
        try
        {
            AssertClean(Run("shellcheck", PathOf(script)));
        }
        catch (Win32Exception)
        {
            Assert.Skip("shellcheck is not installed");
        }
    }

    [Theory]
    [InlineData("not in an array job")]
    [InlineData("parts count from 1", "SLURM_ARRAY_TASK_ID=0", "SLURM_ARRAY_TASK_MIN=0", "SLURM_ARRAY_TASK_MAX=3", "SLURM_ARRAY_TASK_COUNT=4")]
    [InlineData("NDT_SHARDS has to say", "SLURM_ARRAY_TASK_ID=3", "SLURM_ARRAY_TASK_MIN=3", "SLURM_ARRAY_TASK_MAX=7", "SLURM_ARRAY_TASK_COUNT=2")]
    public void An_array_that_does_not_say_which_part_of_the_sweep_a_task_is_is_refused(string expected, params string[] environment)
    {
        var (code, output) = Run("env", [.. environment, "bash", PathOf("sweep.sbatch")]);
        Assert.Equal(2, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_makes_its_part_with_the_arguments_it_was_given_and_ends_with_the_sweeps_code()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Slurm does not run there");
        using var folder = new TemporaryFolder();
        var ndt = folder.Write("ndt", "#!/bin/sh\necho ran \"$@\"\nexit 5\n");
        Run("chmod", "+x", ndt);
        string[] task = ["SLURM_ARRAY_JOB_ID=9", "SLURM_ARRAY_TASK_ID=3", "SLURM_ARRAY_TASK_MIN=3", "SLURM_ARRAY_TASK_MAX=7", "SLURM_ARRAY_TASK_COUNT=2", "NDT_SHARDS=12", "SLURM_CPUS_PER_TASK=4"];
        var (code, output) = Run("env", [.. task, $"NDT={ndt}", "bash", PathOf("sweep.sbatch"), "--seeds", "0..9", "--out", "a folder"]);
        Assert.Equal(5, code);
        Assert.Contains("ran sweep --seeds 0..9 --out a folder --shard 3/12 --workers 4\n", output, StringComparison.Ordinal);
    }

    private static void AssertClean((int Code, string Output) result) => Assert.Equal((0, ""), result);

    private static string PathOf(string script) => Path.Combine(RepositoryPaths.Root, "scripts", "slurm", script);

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (code, output, error) = NdtProcess.End(process);
        return (code, output + error);
    }
}
