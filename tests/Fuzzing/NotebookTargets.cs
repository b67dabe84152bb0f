using System.Text;
using Ndt.Cli.Jupyter;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Notebooks.Checking;
using Ndt.Cli.Pages;

namespace Ndt.Tests.Fuzzing;

/// <summary>Notebooks, as far as the page made of one, and the connection file of a kernel.</summary>
internal static class NotebookTargets
{
    private const string Connection =
        """{"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5, "ip": "127.0.0.1", "key": "k", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": "ndt"}""";

    private const string EveryOutput =
        """
        {"cells": [
          {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Title\n", "\n", "![x](attachment:a.png) [link](https://example.org) $x$"], "attachments": {"a.png": {"image/png": "AAAA"}}},
          {"cell_type": "code", "id": "b", "metadata": {"tags": ["parameters"]}, "execution_count": 1, "outputs": [], "source": "int steps = 10; // how many\nstring name = \"x\";"},
          {"cell_type": "code", "id": "c", "metadata": {"tags": ["verdict"]}, "execution_count": 2, "source": "x", "outputs": [
            {"output_type": "stream", "name": "stdout", "text": ["It holds.\n"]},
            {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\u001b[31mE\u001b[0m: v"]},
            {"output_type": "execute_result", "execution_count": 2, "metadata": {}, "data": {"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "1"}},
            {"output_type": "display_data", "metadata": {}, "data": {"text/markdown": "**x**"}},
            {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": "<svg/>"}},
            {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.plotly.v1+json": {"data": [{"y": [1, 2]}], "layout": {"height": 300, "title": {"text": "T"}, "meta": {"alt": "A"}}}, "image/png": "AAAA"}}]},
          {"cell_type": "raw", "id": "d", "metadata": {}, "source": ""}],
         "metadata": {"kernelspec": {"name": "ndt"}}, "nbformat": 4, "nbformat_minor": 5}
        """;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        // A page is many times its notebook's text: each piece is parsed, marked up and escaped.
        new("notebooks", "n.ipynb", () => [Encoding.UTF8.GetBytes(EveryOutput), File.ReadAllBytes(RepositoryPaths.Fixture("notebooks/sample.ipynb"))], TextMutation.OfJson, ReadAndShow)
        {
            Cases = 800,
            FixedBytes = 64L << 20,
            BytesPerByte = 3000,
        },
        new("connection files", "kernel.json", () => [Encoding.UTF8.GetBytes(Connection)], TextMutation.OfJson, path => ConnectionFile.Read(path)) { Cases = 1500 },
    ];

    private static void ReadAndShow(string path)
    {
        var document = NotebookDocument.Read(path);
        _ = NotebookParameters.Read(document);
        foreach (var cell in document.Cells.Where(cell => cell.IsCode))
        {
            // An error is a failure however it is stored; everything else says the same as itself.
            cell.Outputs = [.. cell.Outputs.Where(output => output?["output_type"]?.ToString() != "error").Select(output => output?.DeepClone())];
        }

        Assert.Empty(new OutputComparison(NumberTolerance.Default).Compare(document, document));

        var html = NotebookPage.Render(document, "n");
        if (HtmlAudit.Complaint(html) is { } complaint)
        {
            Assert.Fail($"the page {complaint}");
        }

        _ = NotebookPage.Summary(document);
        NotebookDocument.Parse(document.ToText(), path);
    }
}
