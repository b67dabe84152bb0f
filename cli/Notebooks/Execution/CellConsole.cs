using System.Text;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// Stands in for <see cref="Console"/>'s streams: what a cell prints goes to its session, everything else to where it went before.
/// </summary>
internal static class CellConsole
{
    private static readonly Lock Gate = new();
    private static TextWriter? outWriter;
    private static TextWriter? errorWriter;
    private static TextReader? reader;

    /// <summary>Takes the console's place, unless it already has it.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (!ReferenceEquals(Console.Out, outWriter))
            {
                Console.SetOut(new Router("stdout", Console.Out));
                outWriter = Console.Out;
            }

            if (!ReferenceEquals(Console.Error, errorWriter))
            {
                Console.SetError(new Router("stderr", Console.Error));
                errorWriter = Console.Error;
            }

            if (!ReferenceEquals(Console.In, reader))
            {
                Console.SetIn(new Asker(Console.In));
                reader = Console.In;
            }
        }
    }

    private sealed class Router(string name, TextWriter elsewhere) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write([value]);

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (SessionScope.Current is { } scope)
            {
                CellThread.StopHere();
                scope.Write(name, buffer);
            }
            else
            {
                elsewhere.Write(buffer);
            }
        }

        public override void WriteLine(string? value) => Write(string.Concat(value, CoreNewLine.AsSpan()));

        public override void Flush()
        {
            // A cell's text is handed on in its own time: many programs flush after every character.
            if (SessionScope.Current is null)
            {
                elsewhere.Flush();
            }
        }
    }

    private sealed class Asker(TextReader elsewhere) : TextReader
    {
        /// <summary>What is left of a line that was asked for by its characters.</summary>
        private string rest = "";

        public override int Peek() => SessionScope.Current is null ? elsewhere.Peek() : rest.Length > 0 ? rest[0] : -1;

        public override int Read()
        {
            if (SessionScope.Current is not { } scope)
            {
                return elsewhere.Read();
            }

            rest = rest.Length > 0 ? rest : scope.Ask("", password: false) + "\n";
            var next = rest[0];
            rest = rest[1..];
            return next;
        }

        public override string? ReadLine()
        {
            if (SessionScope.Current is not { } scope)
            {
                return elsewhere.ReadLine();
            }

            var line = rest.Length > 0 ? rest.TrimEnd('\n') : scope.Ask("", password: false);
            rest = "";
            return line;
        }
    }
}
