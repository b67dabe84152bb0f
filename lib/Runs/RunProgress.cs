namespace Ndt.Runs;

/// <summary>How far a run has come.</summary>
/// <param name="StepsDone">Optimiser steps done.</param>
/// <param name="Steps">Optimiser steps in all.</param>
/// <param name="Loss">Training loss at the last measurement.</param>
public readonly record struct RunProgress(int StepsDone, int Steps, double Loss);
