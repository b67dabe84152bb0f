namespace Ndt.Claims;

/// <summary>What the rule says of one architecture.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Seeds">Seeds whose states were there.</param>
/// <param name="EarlyDiffersFromLate">The first part.</param>
/// <param name="MiddleResemblesLate">The second part.</param>
/// <param name="BoundaryBetweenEarlyAndMiddle">The third part.</param>
/// <param name="Decision">All of it.</param>
public readonly record struct ArchitectureDecision(
    string Architecture, int Seeds, Decision EarlyDiffersFromLate, Decision MiddleResemblesLate, Decision BoundaryBetweenEarlyAndMiddle, Decision Decision);
