using System.CommandLine;

namespace Ndt.Cli.Commands;

/// <summary>A command that deals with Ctrl+C and SIGTERM itself: they are for the cell that runs, for another process to act on, or a request to stop with work kept.</summary>
internal sealed class SignalHandlingCommand(string name, string? description = null) : Command(name, description);
