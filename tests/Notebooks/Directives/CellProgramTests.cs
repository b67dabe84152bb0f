using Ndt.Cli.Notebooks.Directives;

namespace Ndt.Tests.Notebooks.Directives;

public sealed class CellProgramTests
{
    [Fact]
    public void A_cell_without_directives_is_one_piece_of_code() =>
        Assert.Equal([new CellPart("csharp", 1, "var s = 1;\ns")], CellProgram.Parse("var s = 1;\ns").Parts);

    [Fact]
    public void Directives_cut_a_cell_and_code_keeps_its_lines()
    {
        var program = CellProgram.Parse("#!time\n1\n#!markdown\n# Title\n\ntext\n#!html\n<b>x</b>\n#!csharp\n2");
        Assert.True(program.IsTimed);
        Assert.Equal(
            [
                new CellPart("csharp", 1, "\n1"),
                new CellPart("markdown", 4, "# Title\n\ntext"),
                new CellPart("html", 8, "<b>x</b>"),
                new CellPart("csharp", 10, new string('\n', 9) + "2"),
            ],
            program.Parts);
    }

    [Theory]
    [InlineData("var page = \"\"\"\n#!markdown\n# a title\n\"\"\";\npage")]
    [InlineData("var text = @\"\n#!time\nthis line\n\";")]
    [InlineData("var text = $@\"\n#!time\n{1}\n\";")]
    [InlineData("/*\n#r \"nuget: This.Package.Does.Not.Exist\"\n#!fsharp\n*/\n1")]
    [InlineData("// #!time")]
    public void A_line_of_a_text_or_a_comment_is_no_directive(string code)
    {
        var program = CellProgram.Parse(code);
        Assert.False(program.IsTimed);
        Assert.Equal([new CellPart("csharp", 1, code)], program.Parts);
    }

    [Fact]
    public void A_directive_in_code_that_is_switched_off_is_nothing_also_to_the_compiler_which_would_refuse_it() =>
        Assert.Equal([new CellPart("csharp", 1, "#if false\n\n#endif\n1")], CellProgram.Parse("#if false\n#!fsharp\n#endif\n1").Parts);

    [Theory]
    [InlineData("#r \"nuget:\"")]
    [InlineData("#r \"nuget: , 1.0\"")]
    [InlineData("#i \"nuget: \" // no feed")]
    public void A_package_without_a_name_is_refused_with_what_is_expected(string code) =>
        Assert.Contains("names nothing; #r \"nuget: NAME, VERSION\"", Assert.Throws<CellDirectiveException>(() => CellProgram.Parse(code)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("How to time a cell:\n```\n#!time\n#!csharp\nwork();\n```")]
    [InlineData("# A heading\n#! not a directive\n#!time")]
    [InlineData("Write it's and /* as they are")]
    public void Markdown_ends_at_another_language_only_and_not_within_a_fence(string text)
    {
        var program = CellProgram.Parse($"#!markdown\n{text}\n#!csharp\n1");
        Assert.False(program.IsTimed);
        Assert.Equal(["markdown", "csharp"], program.Parts.Select(p => p.Kernel));
        Assert.Equal(text, program.Parts[0].Text);
    }

    [Fact]
    public void A_character_that_some_take_for_a_line_end_stays_in_its_text() =>
        Assert.Equal("var sheet = \"a\u2028\u0085\fb\"; sheet.Length", Assert.Single(CellProgram.Parse("var sheet = \"a\u2028\u0085\fb\"; sheet.Length").Parts).Text);

    [Theory]
    [InlineData("#r \"nuget: Some.Package\"", "#r \"nuget:Some.Package\"")]
    [InlineData("#r \"nuget:Some.Package, 1.2.3-beta.4\"", "#r \"nuget:Some.Package, 1.2.3-beta.4\"")]
    [InlineData("  #r \"nuget: A , 1.* \"", "#r \"nuget:A , 1.*\"")]
    [InlineData("#r \"nuget: Newtonsoft.Json\" // for the settings", "#r \"nuget:Newtonsoft.Json\"")]
    [InlineData("#r nuget:Newtonsoft.Json", "#r \"nuget:Newtonsoft.Json\"")]
    [InlineData("#i \"nuget: /packages\"", "#i \"nuget:/packages\"")]
    public void Packages_are_taken_out_of_the_code_and_go_before_it(string line, string directive)
    {
        var program = CellProgram.Parse("1;\n" + line + "\n2");
        Assert.Equal([new CellPart("csharp", 2, directive, CellPart.Is.Directive), new CellPart("csharp", 1, "1;\n\n2")], program.Parts);
    }

    [Fact]
    public void Sharing_goes_to_the_kernel_that_it_stands_in() =>
        Assert.Equal(
            [new CellPart("csharp", 1, "var x = 1;"), new CellPart("javascript", 3, "#!share --from csharp x", CellPart.Is.Directive), new CellPart("javascript", 4, "console.log(x)")],
            CellProgram.Parse("var x = 1;\n#!javascript\n#!share --from csharp x\nconsole.log(x)").Parts);

    [Fact]
    public void A_cell_may_have_another_language_from_its_start() =>
        Assert.Equal([new CellPart("html", 1, "<b>'</b>"), new CellPart("csharp", 3, "\n\n1")], CellProgram.Parse("<b>'</b>\n#!c#\n1", "html").Parts);

    [Theory]
    [InlineData("1\n#!fsharp\nlet x = 1", 2, "#!fsharp is not supported; this host knows #!csharp")]
    [InlineData("#!connect mssql", 1, "#!connect is not supported")]
    public void What_is_not_supported_is_refused_by_name(string code, int line, string message)
    {
        var refusal = Assert.Throws<CellDirectiveException>(() => CellProgram.Parse(code));
        Assert.Equal(line, refusal.Line);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_that_is_not_supported_is_refused_by_name() =>
        Assert.StartsWith("a cell in fsharp is not supported", Assert.Throws<CellDirectiveException>(() => CellProgram.Parse("let x = 1", "fsharp")).Message, StringComparison.Ordinal);

    [Fact]
    public void Masked_text_keeps_every_position() =>
        Assert.Equal("      \nvar x\n          \n    ", CellProgram.Mask("#!time\nvar x\n#!markdown\ntext"));
}
