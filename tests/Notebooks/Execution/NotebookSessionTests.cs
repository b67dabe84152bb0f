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
    public async Task A_cell_that_shows_thousands_of_values_shows_the_first_and_says_in_a_line_how_many_are_left_out()
    {
        var sink = await Run("for (var i = 0; i < 20_000; i++) display(i);");
        Assert.Equal(1001, sink.Messages.Count);
        Assert.Equal("display d1000:999", sink.Messages[999]);
        Assert.Equal("stderr:… 19000 more outputs of this cell are left out: a cell shows 1000 at most\n", sink.Messages[1000]);
        Assert.Equal(["display d20001:1", "result:2"], (await Run("display(1); 2")).Messages);
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

    [Theory]
    [InlineData("while (true) { }", "while (true) { }", "while (true) { }")]
    [InlineData("while (true) { }", "System.Threading.Thread.Sleep(60_000);", "try { while (true) { } } finally { Console.Write(\"cleaned\"); }")]
    [InlineData("while (true) Console.WriteLine(1);", "while (true) { }", "await Task.Delay(60_000);")]
    [InlineData("try { } finally { while (true) { } }", "while (true) { }", "while (true) { }")]
    [InlineData("class Slow : Exception { public override string Message { get { while (true) { } } } }\nthrow new Slow();", "while (true) { }", "while (true) { }")]
    public async Task Cells_can_be_stopped_any_number_of_times(params string[] cells)
    {
        await Run("var kept = 3;");
        foreach (var code in cells)
        {
            Assert.Equal("CellTimeout", (await Run(code, TimeSpan.FromMilliseconds(300))).Failure!.Name);
            Assert.Equal(["result:3"], (await Run("kept")).Messages);
        }
    }

    [Theory]
    [InlineData("while (true) { Console.Write(1); }")]
    [InlineData("while (true) { try { Console.Write(1); } catch { } }")]
    [InlineData("while (true) { try { Console.WriteLine(1); Console.Error.Write(2); } catch (Exception e) { Console.WriteLine(e.Message); } }")]
    [InlineData("while (true) { display(1); }")]
    [InlineData("while (true) { try { display(1); } catch { } }")]
    [InlineData("var shown = display(0); while (true) { shown.Update(1); }")]
    [InlineData("while (true) { \"a\".DisplayAs(\"text/html\"); }")]
    [InlineData("class Slow { public override string ToString() { while (true) { } } }\ndisplay(new Slow());")]
    public async Task A_cell_that_is_stopped_while_it_prints_or_shows_something_leaves_both_to_the_next(string code)
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("CellTimeout", (await Run(code, TimeSpan.FromMilliseconds(150))).Failure!.Name);
            var next = (await Run("Console.Write(\"alive\"); display(1);", TimeSpan.FromSeconds(10))).Messages;
            Assert.Equal("stdout:alive", next[0]);
            Assert.EndsWith(":1", Assert.Single(next.Skip(1)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cells_can_be_stopped_while_they_are_compiled()
    {
        await Run("var kept = 3;");
        for (var i = 0; i < 10; i++)
        {
            var sink = await Run($"System.Threading.Thread.Sleep(60_000); Enumerable.Range(0, {i}).ToDictionary(x => x).Select(pair => pair.Key)", TimeSpan.FromMilliseconds(2 * i));
            Assert.Equal("CellTimeout", sink.Failure!.Name);
            Assert.Equal(["result:3"], (await Run("kept")).Messages);
        }
    }

    [Fact]
    public async Task An_exception_that_cannot_be_described_is_named_by_its_type()
    {
        var sink = await Run("class Odd : Exception { public override string Message => throw new Exception(\"no message\"); }\nthrow new Exception(\"outer\", new Odd());");
        Assert.Equal("Exception", sink.Failure!.Name);
        Assert.Contains(sink.Failure.Trace, line => line.Contains("because of Odd: (its message cannot be shown: reading it threw Exception)", StringComparison.Ordinal));
        Assert.Equal("Odd", (await Run("throw new Odd();")).Failure!.Name);
        Assert.Equal(["result:1"], (await Run("1")).Messages);
    }

    [Fact]
    public async Task Causes_are_named_with_their_own_cell_and_line_and_those_of_an_aggregate_all()
    {
        await Run("int Load(string s) => int.Parse(s);");
        var trace = (await Run("try { Load(\"zz\"); }\ncatch (Exception e) { throw new InvalidOperationException(\"cannot load\", e); }")).Failure!.Trace;
        Assert.StartsWith("  because of FormatException: cell[1], line 1: ", trace[1], StringComparison.Ordinal);
        trace = (await Run("throw new AggregateException(new Exception(\"first\"), new ArgumentException(\"second\", new IOException(\"its cause\")));")).Failure!.Trace;
        Assert.Equal(["  because of Exception: first", "  because of ArgumentException: second", "    because of IOException: its cause"], trace.Skip(1).Take(3));
    }

    [Fact]
    public async Task No_output_names_a_folder_of_this_machine()
    {
        var folder = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var printed = Assert.Single((await Run("try { int.Parse(\"x\"); } catch (Exception e) { Console.WriteLine(e); }")).Messages);
        Assert.Contains("in cell[1]:line 1", printed, StringComparison.Ordinal);
        Assert.DoesNotContain(folder, printed, StringComparison.Ordinal);
        Assert.Equal(["result:Broken\n      Value: System.Exception: no value"], (await Run("class Broken { public int Value => throw new Exception(\"no value\"); }\nnew Broken()")).Messages);
        await Run("class Item { }\nvar first = new Item();");
        Assert.EndsWith("Cannot implicitly convert type 'Item [cell[4](1)]' to 'Item [cell[3](1)]'", (await Run("class Item { }\nvar second = new Item();\nfirst = second;")).Failure!.Message.Replace(folder + "/", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_of_the_compiler_are_shown_with_their_line() =>
        Assert.Equal(["stderr:cell[1], line 2: warning CS1030: #warning: 'old'\n"], (await Run("var x = 1;\n#warning old")).Messages);

    [Fact]
    public async Task Names_of_DotNet_Interactive_are_there()
    {
        Assert.Empty((await Run("Microsoft.AspNetCore.Html.IHtmlContent h = HTML(\"<b>x</b>\"); IEnumerable loose = new[] { 1 };")).Messages);
        Assert.Equal("<b>x</b>", (await Run("h")).LastResult!.Data["text/html"]!.ToString());
        Assert.Contains("<b>a</b>", (await Run("new[] { HTML(\"<b>a</b>\"), HTML(\"<b>b</b>\") }")).LastResult!.Data["text/html"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["display d1:**b**"], (await Run("\"**b**\".DisplayAs(\"text/markdown\");")).Messages);
        Assert.Equal("x^2", (await Run("new LaTeXString(\"x^2\")")).LastResult!.Data["text/latex"]!.ToString());
        Assert.Equal("$$x^2$$", (await Run("new MathString(\"x^2\")")).LastResult!.Data["text/latex"]!.ToString());
        Assert.Contains("<td", (await Run("new[] { new { A = 1 } }.DisplayTable(\"text/html\");")).Messages[0], StringComparison.Ordinal);
        Assert.Contains("alert(1)", (await Run("Javascript(\"alert(1)\");")).Messages[0], StringComparison.Ordinal);
        Assert.Equal(["display d4:AQI="], (await Run("display(new byte[] { 1, 2 }, \"image/png\");")).Messages);
    }

    [Fact]
    public async Task A_formatter_that_a_cell_registers_is_used_for_the_items_of_a_list()
    {
        var sink = await Run("""
            class Dot { public int X; }
            Formatter.Register<Dot>((d, writer) => writer.Write($"<i>{d.X}</i>"), "text/html");
            new List<Dot> { new() { X = 1 }, new() { X = 2 } }
            """);
        Assert.Contains("<i>2</i>", sink.LastResult!.Data["text/html"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_that_are_no_tables_are_shown_as_lists() =>
        Assert.Equal(["result:[ 1, 2 ]"], (await Run("new[] { 1, 2 }")).Messages);

    [Theory]
    [InlineData("(Func<int, string>)(x => \"\")", "Func<Int32, String>")]
    [InlineData("System.Text.Json.Nodes.JsonNode.Parse(\"{\\\"a\\\": 1}\")", "{\n  \"a\": 1\n}")]
    [InlineData("System.Text.Json.JsonDocument.Parse(\"[1]\")", "[1]")]
    [InlineData("new System.Collections.ArrayList { 1, \"a\" }", "[ 1, a ]")]
    [InlineData("IEnumerable<int> Three() { yield return 3; }\nThree()", "[ 3 ]")]
    [InlineData("new System.Collections.BitArray(2)", "[ False, False ]")]
    [InlineData("System.Numerics.BigInteger.One", "1")]
    [InlineData("new[] { 1.5m }", "[ 1.5 ]")]
    public async Task A_value_is_plain_text_without_DotNet_Interactives_style_sheet(string code, string text)
    {
        var sink = await Run(code);
        Assert.Equal([$"result:{text}"], sink.Messages);
        Assert.False(sink.LastResult!.Data.ContainsKey("text/html"));
    }

    [Fact]
    public async Task What_was_never_thrown_itself_has_the_line_of_what_carries_it() =>
        Assert.Equal("cell[1], line 2: inner", (await Run("\nthrow new AggregateException(new Exception(\"inner\"));")).Failure!.Message);

    [Fact]
    public async Task The_compilers_errors_are_in_the_order_of_their_lines() =>
        Assert.Equal(["cell[1], line 1: CS0029", "cell[1], line 2: CS0103"], (await Run("int y = \"a\";\nvar z = q;")).Failure!.Trace.Where(line => line.StartsWith("cell", StringComparison.Ordinal)).Select(line => string.Join(':', line.Split(':').Take(2))));

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
        await session.RunAsync("input(\"name\") + Console.ReadLine() + (char)Console.Read()", ++count, sink, null, TestContext.Current.CancellationToken);
        Assert.Equal(["result:AdaAdaA"], sink.Messages);
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
        await session.RunAsync(code, ++count, sink, limit, TestContext.Current.CancellationToken).WaitAsync(NdtProcess.Limit, TestContext.Current.CancellationToken);
        return sink;
    }
}
