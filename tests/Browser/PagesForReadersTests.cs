using System.Text.Json.Nodes;
using Ndt.Cli.Commands;

namespace Ndt.Tests.Browser;

/// <summary>All pages of the repository as readers meet them: on a large screen, on a phone, on paper, by keyboard and by screen reader.</summary>
[Trait("Category", "Integration")]
public sealed class PagesForReadersTests(PagesForReadersTests.Site site) : IClassFixture<PagesForReadersTests.Site>
{
    // A4 less the margins that page.css gives it, at 96 units an inch.
    private const int Paper = 703;

    /// <summary>The pages, made once of the notebooks as they are stored.</summary>
    public sealed class Site : IDisposable
    {
        private readonly TemporaryFolder folder = new();
        private readonly Lazy<string> pages;

        public Site() => pages = new Lazy<string>(() =>
        {
            PagesCommand.Write(RepositoryPaths.Root, folder.Root, note => throw new InvalidOperationException(note));
            return folder.Root;
        });

        /// <summary>Where they are.</summary>
        public string Folder => pages.Value;

        public void Dispose() => folder.Dispose();
    }

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "notebooks"), "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path) + ".html").Order(StringComparer.Ordinal), "explorer.html", "index.html"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_has_a_clipped_table_a_column_too_narrow_to_read_or_a_complaint_of_the_browser(string name)
    {
        await using var page = await OpenPage.StartAsync();
        foreach (var (width, print) in ((int, bool)[])[(1400, false), (400, false), (Paper, true)])
        {
            await page.GoAsync(Path.Combine(site.Folder, name), width, print);
            var faults = JsonNode.Parse(await page.EvaluateAsync(Faults))!.AsArray();
            Assert.True(faults.Count == 0, $"{name} at {width}{(print ? " on paper" : "")}:\n{string.Join('\n', faults)}");
            Assert.True(page.Complaints.IsEmpty, $"{name} at {width}: {string.Join('\n', page.Complaints)}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing_serious(string name)
    {
        var axe = Path.Combine(RepositoryPaths.Root, "artifacts", "axe", "node_modules", "axe-core", "axe.min.js");
        Assert.SkipUnless(File.Exists(axe), "there is no axe-core: mkdir -p artifacts/axe && cp tests/Browser/package*.json artifacts/axe && npm ci --prefix artifacts/axe --ignore-scripts");
        await using var page = await OpenPage.StartAsync();
        foreach (var (width, dark) in ((int, bool)[])[(1400, false), (400, true)])
        {
            await page.GoAsync(Path.Combine(site.Folder, name), width, dark: dark);
            await page.EvaluateAsync(await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken) + ";1");
            var found = JsonNode.Parse(await page.EvaluateAsync(
                "axe.run(document, { resultTypes: ['violations'], preload: false }).then(r => JSON.stringify(r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id}, ${v.nodes.length} times: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + (n.failureSummary || '')).join(' | ')}`)))"))!.AsArray();
            Assert.True(found.Count == 0, $"{name} at {width}{(dark ? ", dark" : "")}:\n{string.Join('\n', found)}");
        }
    }

    [Fact]
    public async Task The_explorer_draws_what_its_address_asks_for_and_keeps_what_is_chosen()
    {
        await using var page = await OpenPage.StartAsync();
        await page.GoAsync(
            Path.Combine(site.Folder, "explorer.html"), 1400, hash: "#a=study%2Fmlp_narrow_mnist_s1&al=network.0&am=participation_ratio&b=shuffled_labels%2Fmlp_narrow_mnist_s1&bl=network.0&bm=participation_ratio&logx=1");
        var said = await page.EvaluateAsync("document.getElementById('said').textContent");
        Assert.Contains("First line: MLP narrow on MNIST, seed 1", said, StringComparison.Ordinal);
        Assert.Contains("Second line: MLP narrow on MNIST, seed 1 (shuffled labels)", said, StringComparison.Ordinal);
        Assert.Equal("2", await page.EvaluateAsync("document.getElementById('plot').data.length"));
        Assert.Equal("log", await page.EvaluateAsync("document.getElementById('plot').layout.xaxis.type"));

        await page.EvaluateAsync("new Promise(done => { const metric = document.querySelector('[data-line=a] [data-part=metric]'); metric.value = 'stable_rank'; metric.dispatchEvent(new Event('change', { bubbles: true })); setTimeout(done, 500); })");
        Assert.Contains("am=stable_rank", await page.EvaluateAsync("location.hash"), StringComparison.Ordinal);
        Assert.StartsWith("blob:", await page.EvaluateAsync("document.getElementById('csv').href"), StringComparison.Ordinal);
        await page.EvaluateAsync("new Promise(done => { document.getElementById('values').open = true; setTimeout(done, 300); })");
        Assert.Equal("update", await page.EvaluateAsync("document.querySelector('#values th').textContent"));
        Assert.Equal("201", await page.EvaluateAsync("document.querySelectorAll('#values tr').length"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Figures_follow_the_dark_scheme()
    {
        await using var page = await OpenPage.StartAsync();
        const string Ink = "getComputedStyle(document.querySelector('figure.drawn .xtick text')).fill";
        await page.GoAsync(Path.Combine(site.Folder, "01_phase1_convergence.html"), 1400);
        Assert.Equal("rgb(29, 35, 41)", await page.EvaluateAsync(Ink));
        await page.GoAsync(Path.Combine(site.Folder, "01_phase1_convergence.html"), 1400, dark: true);
        Assert.Equal("rgb(227, 231, 234)", await page.EvaluateAsync(Ink));
    }

    [Fact]
    public void Every_figure_that_is_drawn_has_its_data_beside_it()
    {
        foreach (var name in Pages.Select(page => page.Data).Where(name => name is not ("index.html" or "explorer.html")))
        {
            var html = File.ReadAllText(Path.Combine(site.Folder, name));
            var links = System.Text.RegularExpressions.Regex.Matches(html, "<p class=\"data\"><a href=\"(assets/[^\"]+[.]csv)\" download>");
            Assert.Equal(html.Split("<figure data-figure=").Length - 1, links.Count);
            Assert.All(links, link => Assert.True(File.ReadLines(Path.Combine(site.Folder, Uri.UnescapeDataString(link.Groups[1].Value))).Count() > 1, link.Value));
        }
    }

    // On paper nothing scrolls; on a screen a wide table does, and so keys have to reach it.
    private const string Faults = """
        (() => {
          const faults = [], isPaper = matchMedia('print').matches, width = document.documentElement.clientWidth;
          if (!document.querySelector('main h1')) faults.push('there is no page');
          if (document.documentElement.scrollWidth > width) faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
          const visible = element => element.checkVisibility() && element.getClientRects().length > 0;
          [...document.querySelectorAll('table')].filter(visible).forEach((table, i) => {
            const around = table.parentElement, box = table.getBoundingClientRect(), place = around.getBoundingClientRect();
            const name = around.getAttribute('aria-label') || `table ${i + 1}`;
            if (place.right > width + 1) faults.push(`${name}: its place ends at ${place.right}`);
            if (box.width > place.width + 1 && (isPaper || !around.hasAttribute('tabindex'))) faults.push(`${name}: ${Math.round(box.width)} wide in ${Math.round(place.width)}`);
            const words = /[a-z]{3,}.*[a-z]{3,}/i;
            [...table.rows].forEach(row => [...row.cells].forEach(cell => {
              const shown = cell.getBoundingClientRect().width;
              if (words.test(cell.textContent) && shown < 60) faults.push(`${name}: "${cell.textContent.trim().slice(0, 40)}" is ${Math.round(shown)} wide`);
              if (cell.scrollWidth > cell.clientWidth + 1) faults.push(`${name}: "${cell.textContent.trim().slice(0, 40)}" is cut off`);
            }));
          });
          [...document.querySelectorAll('figure, pre, p, h1, h2, h3')].filter(visible).forEach(part => {
            if (part.getBoundingClientRect().right > width + 1) faults.push(`${part.tagName} "${part.textContent.trim().slice(0, 40)}" ends at ${Math.round(part.getBoundingClientRect().right)}`);
          });
          [...document.querySelectorAll('figure.drawn')].filter(visible).forEach(figure => [...figure.querySelectorAll('svg text')].forEach(text => {
            const box = text.getBoundingClientRect(), place = figure.getBoundingClientRect();
            if (text.textContent.startsWith('Click to enter')) faults.push(`${figure.dataset.figure}: a title that nobody gave`);
            if (box.width > 0 && (box.right > place.right + 1 || box.left < place.left - 1)) faults.push(`${figure.dataset.figure}: "${text.textContent.slice(0, 40)}" is cut off`);
          }));
          return JSON.stringify(faults);
        })()
        """;
}
