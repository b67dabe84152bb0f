namespace Ndt.Cli.Sweeps;

/// <summary>Where a run of a sweep stands.</summary>
internal enum SweepState
{
    /// <summary>Not begun, or stopped.</summary>
    Waiting,

    /// <summary>In a worker of this sweep.</summary>
    Running,

    /// <summary>Its record was there before.</summary>
    AlreadyFinished,

    /// <summary>This sweep finished it.</summary>
    Finished,

    /// <summary>Another process is making it.</summary>
    TakenElsewhere,

    /// <summary>Its dataset is not there.</summary>
    WithoutData,

    /// <summary>Its worker failed; there is a log.</summary>
    Failed,
}
