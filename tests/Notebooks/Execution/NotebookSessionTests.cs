using Ndt.Cli.Notebooks.Execution;

namespace Ndt.Tests.Notebooks.Execution;

[Trait("Category", "Integration")]
public sealed class NotebookSessionTests : IDisposable
{
    private readonly NotebookSession session = new(AppContext.BaseDirectory);
    private int count;

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task A_cell_sees_what_earlier_cells_declared()
    {
        await Run("int Twice(int x) => 2 * x; record Point(int X, int Y);");
        Assert.Equal(["result:42"], (await Run("Twice(21)")).Messages);
        Assert.Equal(["result:Point { X = 1, Y = 2 }"], (await Run("new Point(1, 2)")).Messages);
    }

    [Fact]
    public async Task Await_works_at_the_top_of_a_cell() =>
        Assert.Equal(["result:7"], (await Run("await Task.Delay(1); var x = await Task.FromResult(7); x")).Messages);

    [Fact]
    public async Task A_cell_without_a_last_value_shows_nothing() =>
        Assert.Empty((await Run("var x = 1;")).Messages);

    [Fact]
    public async Task Prints_and_displays_keep_their_order()
    {
        var sink = await Run("""
            Console.WriteLine("a");
            Console.Error.WriteLine("b");
            display("c");
            Console.Write("d"); Console.Write('e'); Console.Write(1);
            await Task.Run(() => Console.Write(" in a task"));
            "f"
            """);
        Assert.Equal(["stdout:a\n", "stderr:b\n", "display d1:c", "stdout:de1 in a task", "result:f"], sink.Messages);
    }

    [Fact]
    public async Task A_display_can_be_updated_from_a_later_cell()
    {
        await Run("var shown = display(\"0 %\");");
        Assert.Equal(["update d1:100 %"], (await Run("shown.Update(\"100 %\");")).Messages);
    }

    [Fact]
    public async Task Ten_thousand_lines_arrive_complete_and_in_order()
    {
        var sink = await Run("for (var i = 0; i < 10_000; i++) Console.WriteLine(i);");
        Assert.Equal("stdout:" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i}\n")), Assert.Single(sink.Messages));
    }

    [Fact]
    public async Task A_compilation_error_names_the_cell_and_the_line()
    {
        await Run("1");
        var sink = await Run("var x = 1;\nvar y = unknown;");
        Assert.Equal("CompilationError", sink.Failure!.Name);
        Assert.StartsWith("cell[2], line 2: CS0103", sink.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("    var y = unknown;", sink.Failure.Trace);
    }

    [Fact]
    public async Task A_thrown_exception_names_the_cell_and_the_line_where_it_came_from()
    {
        await Run("\nvoid Fail(int n)\n{\n  if (n == 0) throw new InvalidOperationException(\"no\");\n  Fail(n - 1);\n}");
        var sink = await Run("var before = 5;\n\nawait Task.Yield();\nFail(2);");
        Assert.Equal("InvalidOperationException", sink.Failure!.Name);
        Assert.Equal("cell[1], line 4: no", sink.Failure.Message);
        Assert.Contains("   at cell[2], line 4", sink.Failure.Trace);
        Assert.DoesNotContain(sink.Failure.Trace, line => line.Contains("Roslyn", StringComparison.Ordinal) || line.Contains("CodeAnalysis", StringComparison.Ordinal));
        Assert.Equal(["result:5"], (await Run("before")).Messages);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(60_000);")]
    [InlineData("await Task.Delay(60_000);")]
    public async Task A_cell_over_its_time_limit_is_stopped_and_the_session_goes_on(string code)
    {
        await Run("var kept = 3;");
        var sink = await Run(code, TimeSpan.FromMilliseconds(200));
        Assert.Equal("CellTimeout", sink.Failure!.Name);
        Assert.StartsWith("cell[2]: stopped after 0.2 s", sink.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(["result:3"], (await Run("kept")).Messages);
    }

    [Fact]
    public async Task An_interrupted_cell_says_so_and_the_session_goes_on()
    {
        using var stop = new CancellationTokenSource();
        stop.CancelAfter(200);
        var sink = new RecordingSink();
        await session.RunAsync("while (true) { }", ++count, sink, null, stop.Token);
        Assert.Equal("Interrupted", sink.Failure!.Name);
        Assert.Equal(["result:2"], (await Run("1 + 1")).Messages);
    }

    [Fact]
    public async Task The_library_is_the_hosts_own_copy_wherever_the_reference_points()
    {
        var sink = await Run("""
            #r "../nowhere/Ndt.Lib.dll"
            typeof(Ndt.InputException).Assembly == System.Runtime.Loader.AssemblyLoadContext.Default.Assemblies.Single(a => a.GetName().Name == "Ndt.Lib")
            """);
        Assert.Equal(["result:true"], sink.Messages);
    }

    [Fact]
    public async Task A_reference_to_a_file_that_is_not_there_is_an_error_of_the_cell() =>
        Assert.Contains("nowhere.dll", (await Run("#r \"nowhere.dll\"")).Failure!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task Html_is_shown_as_html() =>
        Assert.Equal("<b>x</b>", (await Run("HTML(\"<b>x</b>\")")).LastResult!.Data["text/html"]!.ToString());

    [Fact]
    public async Task A_cell_can_ask_the_reader()
    {
        var sink = new RecordingSink { Answer = "Ada" };
        await session.RunAsync("input(\"name\") + Console.ReadLine()", ++count, sink, null, TestContext.Current.CancellationToken);
        Assert.Equal(["result:AdaAda"], sink.Messages);
    }

    [Fact]
    public async Task A_loops_progress_is_one_display_that_ends_with_the_count()
    {
        var sink = await Run("var sum = 0; foreach (var i in Enumerable.Range(1, 10).ToArray().WithProgress(\"runs\")) sum += i; sum");
        Assert.Equal(["display d1:runs: 0 of 10", "update d1:runs: 10 of 10", "result:55"], sink.Messages);
    }

    [Fact]
    public async Task Two_sessions_do_not_meet()
    {
        using var other = new NotebookSession(AppContext.BaseDirectory);
        var sink = new RecordingSink();
        var there = other.RunAsync("Console.Write(\"there\");", 1, sink, null, TestContext.Current.CancellationToken);
        var here = await Run("Console.Write(\"here\");");
        await there;
        Assert.Equal(["stdout:there"], sink.Messages);
        Assert.Equal(["stdout:here"], here.Messages);
    }

    private async Task<RecordingSink> Run(string code, TimeSpan? limit = null)
    {
        var sink = new RecordingSink();
        await session.RunAsync(code, ++count, sink, limit, TestContext.Current.CancellationToken);
        return sink;
    }
}
