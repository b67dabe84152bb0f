using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Notebooks;

public sealed class NotebookParametersTests
{
    private const string Declared = """
        // ignored
        int seed = 1; // which run
        var rate = 0.5;
        string name = "a";
        bool deep = false, wide = true;
        int[] steps = [1, 2];
        var computed = Math.Sqrt(2);
        """;

    [Fact]
    public void The_tagged_cell_says_what_a_notebook_takes()
    {
        var parameters = NotebookParameters.Read(Document());
        Assert.Equal(["seed int 1", "rate double 0.5", "name string \"a\"", "deep bool false", "wide bool true", "steps int[] [1, 2]", "computed double Math.Sqrt(2)"], parameters.Select(p => $"{p.Name} {p.Type} {p.Default}"));
        Assert.Equal("which run", parameters[0].Comment);
    }

    [Fact]
    public void Values_go_into_a_cell_of_their_own_after_it()
    {
        var document = Document();
        NotebookParameters.Inject(document, new Dictionary<string, string> { ["seed"] = "7", ["name"] = "say \"x\"", ["steps"] = "3,4", ["rate"] = "1e-3" }, "n");
        Assert.Equal("// Parameters\nint seed = 7;\nstring name = \"say \\\"x\\\"\";\nint[] steps = [3, 4];\ndouble rate = 0.001d;", document.Cells[1].Source);
        Assert.Equal(["injected-parameters"], document.Cells[1].Tags);
        Assert.Equal(3, document.Cells.Count);
    }

    [Fact]
    public void Values_given_again_replace_the_cell()
    {
        var document = Document();
        NotebookParameters.Inject(document, new Dictionary<string, string> { ["seed"] = "7" }, "n");
        NotebookParameters.Inject(document, new Dictionary<string, string> { ["seed"] = "8" }, "n");
        Assert.Equal(3, document.Cells.Count);
        Assert.EndsWith("int seed = 8;", document.Cells[1].Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sed", "1", "n: no parameter is called 'sed'; it has seed (int), rate (double)")]
    [InlineData("seed", "1.5", "n: parameter seed is '1.5'; a value of type int is expected, such as 1")]
    [InlineData("deep", "yes", "n: parameter deep is 'yes'; a value of type bool is expected")]
    [InlineData("steps", "1,x", "n: parameter steps is '1,x'; a value of type int[] is expected")]
    public void A_wrong_name_or_type_is_refused_with_what_there_is(string name, string value, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<InputException>(() => NotebookParameters.Inject(Document(), new Dictionary<string, string> { [name] = value }, "n")).Message,
            StringComparison.Ordinal);

    public static TheoryData<string, string, string> Values => new()
    {
        // declaration, value given, line injected
        { "long big = 1L;", "1L", "long big = 1L;" },
        { "long big = 1;", "9007199254740993", "long big = 9007199254740993L;" },
        { "decimal price = 1.5m;", "1.5m", "decimal price = 1.5m;" },
        { "decimal price = 1;", "2.50", "decimal price = 2.50m;" },
        { "float rate = 0.1f;", "0.1f", "float rate = 0.1f;" },
        { "double x = 1;", "1d", "double x = 1d;" },
        { "double x = 1;", "nan", "double x = double.NaN;" },
        { "double x = 1;", "-inf", "double x = double.NegativeInfinity;" },
        { "double x = 1;", "Math.PI", "double x = Math.PI;" },
        { "int n = 60 * 60;", "60 * 60", "int n = 60 * 60;" },
        { "int n = 1;", "1_000", "int n = 1_000;" },
        { "int n = 1;", "0xff", "int n = 0xff;" },
        { "int n = 1;", "int.MaxValue", "int n = int.MaxValue;" },
        { "int n;", "5", "int n = 5;" },
        { "uint n = 1u;", "2u", "uint n = 2u;" },
        { "byte n = 1;", "255", "byte n = 255;" },
        { "bool on = false;", "True", "bool on = true;" },
        { "char c = 'a';", "b", "char c = 'b';" },
        { "char c = 'a';", "'b'", "char c = 'b';" },
        { "string s = \"a\";", "\"b c\"", "string s = \"b c\";" },
        { "string s = \"a\";", "@\"c:\\d\"", "string s = @\"c:\\d\";" },
        { "string s = \"a\";", "None", "string s = \"None\";" },
        { "string s = null;", "null", "string s = null;" },
        { "string s = \"a\" + \"b\";", "\"a\" + \"b\"", "string s = \"a\" + \"b\";" },
        { "string? tag = null;", "null", "string? tag = null;" },
        { "string? tag = null;", "None", "string? tag = null;" },
        { "string? tag = null;", "x", "string? tag = \"x\";" },
        { "int? limit = null;", "3", "int? limit = 3;" },
        { "int? limit = 3;", "None", "int? limit = null;" },
        { "double? limit = 3;", "null", "double? limit = null;" },
        { "const int Kind = 1;", "2", "const int Kind = 2;" },
        { "const string Name = \"a\";", "b", "const string Name = \"b\";" },
        { "int[] sizes = [1, 2];", "[1, 2]", "int[] sizes = [1, 2];" },
        { "int[] sizes = [1, 2];", "new[] { 1, 2 }", "int[] sizes = new[] { 1, 2 };" },
        { "int[] sizes = [1, 2];", "[]", "int[] sizes = [];" },
        { "int[] sizes = [1, 2];", "7", "int[] sizes = [7];" },
        { "var sizes = new[] { 1.0 };", "[0.5, nan]", "double[] sizes = [0.5d, double.NaN];" },
        { "decimal[] sizes = [];", "[1.5, 2]", "decimal[] sizes = [1.5m, 2m];" },
        { "int?[] sizes = [];", "[1, None]", "int?[] sizes = [1, null];" },
        { "int[][] sizes = [];", "[[1, 2], [3]]", "int[][] sizes = [[1, 2], [3]];" },
        { "string[] names = [];", "['a, b', \"c\", d]", "string[] names = [\"a, b\", \"c\", \"d\"];" },
        { "bool[] on = [];", "[True, false]", "bool[] on = [true, false];" },
        { "List<int> list = [1];", "[1, 2]", "List<int> list = [1, 2];" },
        { "List<int> list = new() { 1 };", "new() { 1 }", "List<int> list = new() { 1 };" },
        { "var list = new List<string>();", "a, b", "List<string> list = [\"a\", \"b\"];" },
        { "IReadOnlyList<double> list = [];", "1, 2", "IReadOnlyList<double> list = [1d, 2d];" },
        { "Dictionary<string, int> map = new();", "{\"a\": 1, \"b\": 2}", "Dictionary<string, int> map = new() { [\"a\"] = 1, [\"b\"] = 2 };" },
        { "Dictionary<string, double> map = new();", "{'a': 1}", "Dictionary<string, double> map = new() { [\"a\"] = 1d };" },
        { "IDictionary<string, int[]> map = null;", "{a: [1, 2]}", "IDictionary<string, int[]> map = new System.Collections.Generic.Dictionary<string, int[]> { [\"a\"] = [1, 2] };" },
        { "enum Mode { A, B } Mode mode = Mode.A;", "B", "Mode mode = Mode.B;" },
        { "enum Mode { A, B } Mode mode = Mode.A;", "Mode.B", "Mode mode = Mode.B;" },
        { "DayOfWeek day = DayOfWeek.Friday;", "monday", "DayOfWeek day = System.DayOfWeek.Monday;" },
        { "DateTime day = new(2026, 1, 2);", "2026-03-04", "DateTime day = System.DateTime.Parse(\"2026-03-04\", System.Globalization.CultureInfo.InvariantCulture);" },
        { "DateTime day = new(2026, 1, 2);", "new(2026, 1, 2)", "DateTime day = new(2026, 1, 2);" },
        { "TimeSpan time = TimeSpan.Zero;", "00:01:00", "TimeSpan time = System.TimeSpan.Parse(\"00:01:00\", System.Globalization.CultureInfo.InvariantCulture);" },
        { "(int, string) pair = (1, \"a\");", "(2, \"b\")", "(int, string) pair = (2, \"b\");" },
        { "object any = 1;", "text", "object any = \"text\";" },
        { "Unknown.Mode mode = Unknown.Mode.A;", "Unknown.Mode.B", "Unknown.Mode mode = Unknown.Mode.B;" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_taken_in_C_sharp_and_as_papermill_writes_it(string declaration, string value, string line)
    {
        var document = Document(declaration);
        NotebookParameters.Inject(document, new Dictionary<string, string> { [NotebookParameters.Read(document)[0].Name] = value }, "n");
        Assert.Equal($"// Parameters\n{line}", document.Cells[1].Source);
    }

    /// <summary>The declarations with a value, which the help prints.</summary>
    public static TheoryData<string> WithValue => [.. Values.Select(row => row.Data.Item1).Where(declaration => declaration.Contains('=')).Distinct()];

    [Theory]
    [MemberData(nameof(WithValue))]
    public void What_the_help_prints_is_accepted(string declaration)
    {
        var document = Document(declaration);
        var parameter = Assert.Single(NotebookParameters.Read(document));
        var printed = parameter.Default;
        Assert.NotNull(printed);
        NotebookParameters.Inject(document, new Dictionary<string, string> { [parameter.Name] = printed }, "n");
        Assert.EndsWith($" = {printed};", document.Cells[1].Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int n = 1;", "1L")]
    [InlineData("int n = 1;", "null")]
    [InlineData("int n = 1;", "99999999999")]
    [InlineData("int n = 1;", "1; Console.WriteLine()")]
    [InlineData("uint n = 1;", "-1")]
    [InlineData("byte n = 1;", "256")]
    [InlineData("char c = 'a';", "ab")]
    [InlineData("DateTime day = new(2026, 1, 2);", "soon")]
    [InlineData("enum Mode { A, B } Mode mode = Mode.A;", "C")]
    [InlineData("Dictionary<string, int> map = new();", "{a: x}")]
    [InlineData("const int Kind = 1;", "Random.Shared.Next()")]
    [InlineData("List<int> list = [];", "[1, a]")]
    [InlineData("Unknown.Mode mode = Unknown.Mode.A;", "a b")]
    public void A_value_of_another_type_is_refused_before_anything_runs(string declaration, string value)
    {
        var document = Document(declaration);
        var parameter = NotebookParameters.Read(document)[0];
        Assert.StartsWith(
            $"n: parameter {parameter.Name} is '{value}'; a value of type {parameter.Type} is expected, such as {parameter.Default}",
            Assert.Throws<InputException>(() => NotebookParameters.Inject(document, new Dictionary<string, string> { [parameter.Name] = value }, "n")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var (a, b) = (1, 2);", "it is declared inside a statement; declare it by itself")]
    [InlineData("int a { get; set; } = 1;", "it is a property; declare a variable")]
    [InlineData("var a = Unknown();", "its type is not known before the notebook runs; write it in place of var")]
    [InlineData("var a = new { X = 1 };", "its type has no values that can be written on a command line")]
    [InlineData("Func<int> a = () => 1;", "its type has no values that can be written on a command line")]
    public void What_cannot_be_set_says_why(string declaration, string reason)
    {
        var document = Document(declaration);
        Assert.Equal($"a cannot be set: {reason}", NotebookParameters.Read(document)[0].ToString());
        Assert.Equal(
            $"n: parameter a cannot be set: {reason}",
            Assert.Throws<InputException>(() => NotebookParameters.Inject(document, new Dictionary<string, string> { ["a"] = "1" }, "n")).Message);
    }

    [Fact]
    public void Names_and_types_of_cells_before_are_known()
    {
        var document = Document("Mode mode = Mode.Slow; string name = Default;");
        document.Insert(0, NotebookCell.Code("u", "#r \"nuget: X\"\nusing System.Globalization;\nenum Mode { Fast, Slow }\nconst string Default = \"x\";"));
        NotebookParameters.Inject(document, new Dictionary<string, string> { ["mode"] = "Fast", ["name"] = "Default" }, "n");
        Assert.Equal("// Parameters\nMode mode = Mode.Fast;\nstring name = Default;", document.Cells[2].Source);
    }

    [Theory]
    [InlineData("n", "2", "int n = 2;")]
    [InlineData("mode", "B", "Mode mode = Mode.B;")]
    [InlineData("other", "Package.Thing.Of(2)", "Package.Thing other = Package.Thing.Of(2);")]
    public void A_cell_that_needs_what_only_the_run_brings_is_read_all_the_same(string name, string value, string line)
    {
        var document = Document("using Package;\nenum Mode { A, B }\nMode mode = Mode.A;\nPackage.Thing other = Package.Thing.Of(1);\nint n = 1;");
        document.Insert(0, NotebookCell.Code("u", "#r \"nuget: Package\"\nvar x = Package.New();"));
        NotebookParameters.Inject(document, new Dictionary<string, string> { [name] = value }, "n");
        Assert.Equal($"// Parameters\n{line}", document.Cells[2].Source);
    }

    [Fact]
    public void A_line_of_help_is_quoted_where_a_shell_would_cut_it() => Assert.Equal(
        ["-p n=5  int; how many", "-p 'sizes=[1, 2]'  int[]", "-p name=\"a\"  string", "-p 'text=\"it'\\''s\"'  string", "-p m=VALUE  int"],
        NotebookParameters.Read(Document("int n = 5; // how many\nint[] sizes = [1,\n  2];\nstring name = \"a\";\nvar text = \"it's\";\nint m;")).Select(p => p.ToString()));

    private static NotebookDocument Document(string declared = Declared)
    {
        var document = NotebookDocument.Parse("""{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""", "n");
        document.Insert(0, NotebookCell.Code("p", declared, "parameters"));
        document.Insert(1, NotebookCell.Code("q", "seed"));
        return document;
    }
}
