using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Events;
using DiagnosticSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// Turns what went wrong in a cell into an error that names the cell and the line, without paths of this machine. An exception's members are the
/// author's code: they may throw or never come back, so that this runs where the cell can be stopped.
/// </summary>
internal static class CellErrors
{
    private const int MostFrames = 20;
    private const int MostCauses = 12;

    /// <summary>Warnings that say nothing about a cell: versions of assemblies, and <c>?</c> where nullability is not checked.</summary>
    private static readonly string[] Unasked = ["CS1701", "CS1702", "CS8632"];

    /// <summary>The error of a cell that did not compile: each of the compiler's errors with its line.</summary>
    public static CellError Of(CompilationErrorException failed, string cell)
    {
        Microsoft.CodeAnalysis.Diagnostic[] errors = [.. failed.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).OrderBy(d => d.Location.SourceSpan.Start)];
        var messages = errors.Select(e => $"{Place(e, cell)}: {e.Id}: {WithoutFolder(e.GetMessage(CultureInfo.InvariantCulture))}").ToArray();
        var trace = errors.Zip(messages).SelectMany(p => Excerpt(p.First).Prepend(p.Second));
        return new CellError("CompilationError", messages.FirstOrDefault($"{cell}: {failed.Message}"), [.. trace]);
    }

    /// <summary>The compiler's warnings of a cell, a line each.</summary>
    public static IEnumerable<string> Warnings(DiagnosticsProduced diagnostics, string cell) =>
        diagnostics.Diagnostics
            .Where(d => d.Severity == DiagnosticSeverity.Warning && !Unasked.Contains(d.Code))
            .Select(d => string.Create(CultureInfo.InvariantCulture, $"{cell}, line {d.LinePositionSpan.Start.Line + 1}: warning {d.Code}: {WithoutFolder(d.Message)}\n"));

    /// <summary>The error of a cell that threw.</summary>
    public static CellError Of(Exception exception, string cell)
    {
        (exception, var frames) = Unwrap(exception);
        var message = $"{PlaceOf(frames) ?? cell}: {MessageOf(exception)}";
        var trace = new List<string> { $"{exception.GetType().Name}: {message}" };
        AddCauses(exception, "  ", trace);
        trace.AddRange(Frames(frames));
        return new CellError(exception.GetType().Name, message, trace);
    }

    /// <summary>What an exception came from, each cause with its own place; of an aggregate all.</summary>
    private static void AddCauses(Exception exception, string indent, List<string> trace)
    {
        IReadOnlyList<Exception> causes = exception is AggregateException aggregate
            ? aggregate.InnerExceptions
            : exception.InnerException is { } inner ? [inner] : [];
        foreach (var (cause, frames) in causes.Select(Unwrap))
        {
            if (trace.Count > MostCauses)
            {
                trace.Add($"{indent}…");
                return;
            }

            var place = PlaceOf(frames);
            trace.Add($"{indent}because of {cause.GetType().Name}: {(place is null ? "" : $"{place}: ")}{MessageOf(cause)}");
            AddCauses(cause, indent + "  ", trace);
        }
    }

    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception e)
        {
            return $"(its message cannot be shown: reading it threw {e.GetType().Name})";
        }
    }

    private static string? PlaceOf(StackFrame[] frames) =>
        frames.FirstOrDefault(IsCell) is { } frame ? $"{FileOf(frame)}, line {frame.GetFileLineNumber().ToString(CultureInfo.InvariantCulture)}" : null;

    /// <summary>The frames from where it threw to the outermost one in a cell; what is below is this host, and so is what a cell was given its console by.</summary>
    private static IEnumerable<string> Frames(StackFrame[] frames)
    {
        var last = Array.FindLastIndex(frames, IsCell);
        var shown = frames[..(last + 1)].Select(Describe).OfType<string>().ToArray();
        return shown.Length <= MostFrames
            ? shown
            : shown.Take(MostFrames / 2).Append($"   … {(shown.Length - MostFrames).ToString(CultureInfo.InvariantCulture)} more").Concat(shown.TakeLast(MostFrames / 2));
    }

    private static string? Describe(StackFrame frame)
    {
        var line = frame.GetFileLineNumber().ToString(CultureInfo.InvariantCulture);
        if (IsCell(frame))
        {
            return $"   at {FileOf(frame)}, line {line}";
        }

        if (frame.GetMethod() is not { DeclaringType: { } type } method
            || type.Assembly == typeof(CellErrors).Assembly
            || method.GetCustomAttribute<StackTraceHiddenAttribute>() is not null)
        {
            return null;
        }

        var file = FileOf(frame) is { } name ? $" in {name}, line {line}" : "";
        return $"   at {type.FullName}.{method.Name}{file}";
    }

    private static bool IsCell(StackFrame frame) => FileOf(frame)?.StartsWith("cell[", StringComparison.Ordinal) == true;

    private static string? FileOf(StackFrame frame) => Path.GetFileName(frame.GetFileName());

    /// <summary>The exception that says something: those of reflection and of tasks only carry it. One that was never thrown itself has the place of what carries it.</summary>
    private static (Exception Exception, StackFrame[] Frames) Unwrap(Exception exception)
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        if (exception is TargetInvocationException or TypeInitializationException or AggregateException { InnerExceptions.Count: 1 } && exception.InnerException is { } carried)
        {
            var inner = Unwrap(carried);
            return inner.Frames.Any(IsCell) ? inner : (inner.Exception, frames);
        }

        return (exception, frames);
    }

    private static string Place(Microsoft.CodeAnalysis.Diagnostic error, string cell)
    {
        var span = error.Location.GetMappedLineSpan();
        return span.IsValid
            ? $"{(span.Path.Length > 0 ? Path.GetFileName(span.Path) : cell)}, line {(span.StartLinePosition.Line + 1).ToString(CultureInfo.InvariantCulture)}"
            : cell;
    }

    /// <summary>The compiler names a cell's file by its whole path where two types have one name.</summary>
    private static string WithoutFolder(string message) => message.Replace(Environment.CurrentDirectory + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    /// <summary>The line of the text and a mark below the place.</summary>
    private static IEnumerable<string> Excerpt(Microsoft.CodeAnalysis.Diagnostic error)
    {
        if (error.Location.SourceTree is not { } tree)
        {
            return [];
        }

        var start = error.Location.GetLineSpan().StartLinePosition;
        var line = tree.GetText().Lines[start.Line].ToString();
        return [$"    {line}", $"    {new string(' ', start.Character)}^"];
    }
}
