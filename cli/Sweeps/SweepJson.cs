namespace Ndt.Cli.Sweeps;

/// <summary>A sweep as JSON: <c>runs</c>, an object each, and <c>counts</c>, how many are in each state.</summary>
internal static class SweepJson
{
    private static readonly SweepState[] States = [SweepState.AlreadyFinished, SweepState.Finished, SweepState.Failed, SweepState.WithoutData, SweepState.TakenElsewhere, SweepState.Waiting];

    public static string Of(Sweep sweep) => JsonOutput.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("runs");
        foreach (var run in sweep.Runs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", run.Spec.Name);
            writer.WriteString("protocol", run.Spec.Protocol.Name);
            writer.WriteString("state", Name(run.State));
            writer.WriteString("record", run.RecordPath);
            writer.WriteString("message", run.Message);
            writer.WriteString("note", run.Note);
            writer.WriteBoolean("interrupted_state_is_kept", run.Interrupted.Exists);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("counts");
        foreach (var state in States)
        {
            writer.WriteNumber(Name(state), sweep.Runs.Count(run => run.State == state));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static string Name(SweepState state) => state switch
    {
        SweepState.AlreadyFinished => "finished_before",
        SweepState.Finished => "finished_now",
        SweepState.Failed => "failed",
        SweepState.WithoutData => "without_data",
        SweepState.TakenElsewhere => "made_by_another_process",
        SweepState.Running => "running",
        _ => "to_run",
    };
}
