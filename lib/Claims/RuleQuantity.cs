using Ndt.Statistics;

namespace Ndt.Claims;

/// <summary>One quantity of the rule for one architecture and measure.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Part">Which part of the rule.</param>
/// <param name="Quantity">The quantity.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Threshold">What its interval is compared with.</param>
/// <param name="Value">Its estimate and interval over seeds; NaN where there is no floor.</param>
/// <param name="Decision">What it says of its part.</param>
public readonly record struct RuleQuantity(
    string Architecture, string Part, string Quantity, string Measure, double Threshold, JackknifeInterval Value, Decision Decision);
