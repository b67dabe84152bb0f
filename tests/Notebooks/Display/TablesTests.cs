using System.Collections;
using System.Data;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace Ndt.Tests.Notebooks.Display;

public sealed class TablesTests
{
    [Fact]
    public void A_data_frame_is_shown_as_aligned_text()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("family", ["mlp", "transformer"]),
            new PrimitiveDataFrameColumn<int>("n", [1096, 36]),
            new PrimitiveDataFrameColumn<double>("share", [0.1234567, double.NaN]));
        Assert.Equal(
            """
            family          n   share
            ───────────  ────  ──────
            mlp          1096  0.1235
            transformer    36     NaN
            """,
            Tables.Of(frame)!.ToString());
    }

    [Fact]
    public void Numbers_stand_to_the_right_and_text_is_escaped()
    {
        var html = Tables.Of(new DataFrame(new StringDataFrameColumn("<i>", ["<b>&"]), new PrimitiveDataFrameColumn<int>("n", [1])))!.ToHtml();
        Assert.Contains("<th style=\"text-align:left\">&lt;i&gt;</th>", html, StringComparison.Ordinal);
        Assert.Contains("<td style=\"text-align:left\">&lt;b&gt;&amp;</td><td style=\"text-align:right\">1</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_frame_is_cut_and_says_how_long_it_is()
    {
        var table = Tables.Of(new DataFrame(new PrimitiveDataFrameColumn<int>("n", Enumerable.Range(0, 5000))))!;
        Assert.EndsWith("first 20 of 5,000 rows", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("<p>first 20 of 5,000 rows</p>", table.ToHtml(), StringComparison.Ordinal);
        Assert.Equal(23, table.ToString().Split('\n').Length);
    }

    [Fact]
    public void A_list_of_records_is_a_table_of_their_properties()
    {
        var table = Tables.Of(new[] { new Layer("fc", 10), new Layer("conv", null) })!;
        Assert.Equal("Name  Output features\n────  ───────────────\nfc                 10\nconv", table.ToString());
        Assert.Contains("<th style=\"text-align:right\">Output features</th>", table.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_and_plain_numbers_are_no_tables()
    {
        Assert.Null(Tables.Of("text"));
        Assert.Null(Tables.Of(new[] { 1, 2 }));
        Assert.Null(Tables.Of(new Dictionary<string, Layer>()));
    }

    [Fact]
    public void The_tables_of_DotNet_Interactive_are_shown_as_ours_without_a_style_sheet()
    {
        var html = Tables.OfResource(new[] { new { Name = "a", X = 1.5 }, new { Name = "b", X = 10.0 } }.ToTabularDataResource()).ToHtml();
        Assert.Contains("<th style=\"text-align:right\">X</th>", html, StringComparison.Ordinal);
        Assert.Contains("<td style=\"text-align:left\">b</td><td style=\"text-align:right\">10.0</td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_that_has_no_content_yet_is_named_and_not_gone_through()
    {
        Assert.Equal("default(ImmutableArray<Layer>)", Tables.Uninitialised(default(System.Collections.Immutable.ImmutableArray<Layer>)));
        Assert.Equal("default(ArraySegment<Int32>)", Tables.Uninitialised(default(ArraySegment<int>)));
        Assert.Null(Tables.Uninitialised(System.Collections.Immutable.ImmutableArray<int>.Empty));
        Assert.Null(Tables.Uninitialised(5));
        Assert.Null(Tables.Uninitialised(Array.Empty<int>()));
        Assert.Contains("default(ImmutableArray<Int32>)", Tables.Of(new[] { (1, default(System.Collections.Immutable.ImmutableArray<int>)) })!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tuples_are_rows_whatever_holds_them()
    {
        const string two = "Item 1  Item 2\n──────  ──────\na            1\nb            2";
        (string, int)[] array = [("a", 1), ("b", 2)];
        Assert.Equal(two, Tables.Of(array)!.ToString());
        Assert.Equal(two, Tables.Of(array.ToList())!.ToString());
        Assert.Equal(two, Tables.Of(array.Select(pair => pair))!.ToString());
        Assert.Equal(two, Tables.Of(array.Select(pair => Tuple.Create(pair.Item1, pair.Item2)).ToArray())!.ToString());
        Assert.Equal("Item 1  Item 2\n──────  ──────", Tables.Of(Array.Empty<(string, int)>())!.ToString());
        Assert.EndsWith("Item 9\n──────  ──────  ──────  ──────  ──────  ──────  ──────  ──────  ──────\n     1       2       3       4       5       6       7       8       9", Tables.Of(new[] { (1, 2, 3, 4, 5, 6, 7, 8, 9) })!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_keeps_its_shape()
    {
        Assert.Equal("0  1\n─  ─\n1  2\n3  4", Tables.Of(new double[,] { { 1, 2 }, { 3, 4 } })!.ToString());
        Assert.EndsWith("first 20 of 30 rows, first 20 of 40 columns", Tables.Of(new int[30, 40])!.ToString(), StringComparison.Ordinal);
        Assert.Equal("Index 0  Index 1  Index 2  Value\n───────  ───────  ───────  ─────\n      0        0        0      1\n      0        0        1      2", Tables.Of(new int[,,] { { { 1, 2 } } })!.ToString());
    }

    [Fact]
    public void A_query_is_run_as_far_as_it_is_shown()
    {
        var asked = 0;
        var table = Tables.Of(Endless().Select(i => new { i, Square = i * i }))!.ToString();
        Assert.EndsWith("first 20 rows; there are more", table, StringComparison.Ordinal);
        Assert.Equal(21, asked);

        IEnumerable<int> Endless()
        {
            while (true)
            {
                yield return asked++;
            }
        }
    }

    [Fact]
    public void A_dictionary_of_plain_values_is_a_table() =>
        Assert.Equal("Key  Value\n───  ─────\na        1", Tables.Of(new Dictionary<string, int> { ["a"] = 1 })!.ToString());

    [Fact]
    public void Dictionaries_of_tuples_and_from_before_there_were_generic_ones_are_tables()
    {
        Assert.Equal("Key  Value\n───  ────────\na    (1, 2.5)", Tables.Of(new Dictionary<string, (int, double)> { ["a"] = (1, 2.5) })!.ToString());
        Assert.Equal("Key  Value\n───  ─────\n1    b", Tables.Of(new Hashtable { [1] = "b" })!.ToString());
        Assert.Null(Tables.Of(new ArrayList { 1 }));
    }

    [Fact]
    public void A_data_table_is_one_and_what_is_missing_in_it_is_empty()
    {
        using var table = new DataTable();
        table.Columns.Add("n", typeof(int));
        table.Columns.Add("Name", typeof(string));
        table.Rows.Add(1, DBNull.Value);
        table.Rows.Add(20, "b");
        Assert.Equal(" n  Name\n──  ────\n 1\n20  b", Tables.Of(table)!.ToString());
    }

    [Fact]
    public void A_list_in_a_cell_is_shown_by_its_first_items()
    {
        Assert.Equal("Name  Sizes\n────  ──────\na     [1, 2]", Tables.Of(new[] { new { Name = "a", Sizes = new[] { 1, 2 } } })!.ToString());
        Assert.EndsWith("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …]", Tables.Of(new[] { (1, Enumerable.Range(0, 1000)) })!.ToString(), StringComparison.Ordinal);
    }

    private sealed record Layer(string Name, int? OutputFeatures);
}
