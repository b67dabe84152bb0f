using System.Text.Json.Nodes;
using Ndt.Cli.Commands;
using Ndt.Cli.Pages;

namespace Ndt.Tests.Browser;

/// <summary>All pages of the repository as readers meet them: on a large screen, on a phone, on paper, by keyboard and by screen reader.</summary>
[Trait("Category", "Integration")]
public sealed class PagesForReadersTests(PagesForReadersTests.Site site, OneChromium chromium) : IClassFixture<PagesForReadersTests.Site>, IClassFixture<OneChromium>
{
    private static readonly string Axe = Path.Combine(RepositoryPaths.Root, "artifacts", "axe", "node_modules", "axe-core", "axe.min.js");

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

    /// <summary>Two visits to each page: on a large screen, from where it is printed, and on a phone with the dark scheme. Axe looks at both.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_has_a_missing_figure_a_clipped_table_a_column_too_narrow_to_read_a_complaint_of_the_browser_or_of_axe(string name)
    {
        await using var page = await chromium.NewPageAsync();
        var axe = File.Exists(Axe) ? await File.ReadAllTextAsync(Axe, TestContext.Current.CancellationToken) : null;
        var wrong = new List<string>();
        await VisitAsync("a large screen", 1400, dark: false);
        await page.ToPaperAsync(Paper);
        await NoteAsync("paper", Faults);
        await VisitAsync("a phone, dark", 400, dark: true);

        async Task VisitAsync(string place, int width, bool dark)
        {
            await page.GoAsync(Path.Combine(site.Folder, name), width, dark);
            await NoteAsync(place, Faults);
            if (axe is not null)
            {
                await page.EvaluateAsync(axe + ";1");
                await NoteAsync(
                    place,
                    "axe.run(document, { resultTypes: ['violations'], preload: false }).then(r => JSON.stringify(r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id}, ${v.nodes.length} times: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + (n.failureSummary || '')).join(' | ')}`)))");
            }
        }

        async Task NoteAsync(string place, string script) => wrong.AddRange(JsonNode.Parse(await page.EvaluateAsync(script))!.AsArray().Select(fault => $"{place}: {fault}"));

        Assert.True(wrong.Count == 0, $"{name}:\n{string.Join('\n', wrong)}");
        Assert.True(page.Complaints.IsEmpty, $"{name}: {string.Join('\n', page.Complaints)}");
    }

    /// <summary>The visits do without axe where it is missing; this says so.</summary>
    [Fact]
    public void Axe_is_there_to_look_at_the_pages() =>
        Assert.SkipUnless(File.Exists(Axe), "there is no axe-core: mkdir -p artifacts/axe && cp tests/Browser/package*.json artifacts/axe && npm ci --prefix artifacts/axe --ignore-scripts");

    [Fact]
    public async Task The_first_page_lists_tables_but_not_the_data_of_figures_and_a_long_name_does_not_widen_it()
    {
        using var folder = new TemporaryFolder();
        var results = Directory.CreateDirectory(Path.Combine(folder.Root, "results")).FullName;
        await File.WriteAllTextAsync(Path.Combine(results, new string('x', 120) + ".csv"), "a\n", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(results, "html", "assets"));
        await File.WriteAllTextAsync(Path.Combine(results, "html", "assets", "figure.csv"), "a\n", TestContext.Current.CancellationToken);
        var pages = Directory.CreateDirectory(Path.Combine(folder.Root, "pages")).FullName;
        SiteIndex.Write(folder.Root, results, pages, new Dictionary<string, string>());
        await using var page = await chromium.NewPageAsync();
        await page.GoAsync(Path.Combine(pages, SiteIndex.FileName), 400);
        Assert.Equal("[]", await page.EvaluateAsync(Faults));
        Assert.Equal("1", await page.EvaluateAsync("document.querySelectorAll('main li').length"));
    }

    [Fact]
    public async Task The_explorer_draws_what_its_address_asks_for_and_keeps_what_is_chosen()
    {
        await using var page = await chromium.NewPageAsync();
        await page.GoAsync(
            Path.Combine(site.Folder, "explorer.html"), 1400, hash: "#a=study%2Fmlp_narrow_mnist_s1&al=network.0&am=participation_ratio&b=shuffled_labels%2Fmlp_narrow_mnist_s1&bl=network.0&bm=participation_ratio&logx=1");
        var said = await page.EvaluateAsync("document.getElementById('said').textContent");
        Assert.Contains("First line: MLP narrow on MNIST, seed 1", said, StringComparison.Ordinal);
        Assert.Contains("Second line: MLP narrow on MNIST, seed 1 (shuffled labels)", said, StringComparison.Ordinal);
        Assert.Equal("2", await page.EvaluateAsync("document.getElementById('plot').data.length"));
        Assert.Equal("log", await page.EvaluateAsync("document.getElementById('plot').layout.xaxis.type"));

        await page.EvaluateAsync("const metric = document.querySelector('[data-line=a] [data-part=metric]'); delete document.documentElement.dataset.ready; metric.value = 'stable_rank'; metric.dispatchEvent(new Event('change', { bubbles: true })); 1");
        await page.UntilAsync("document.documentElement.dataset.ready");
        Assert.Contains("am=stable_rank", await page.EvaluateAsync("location.hash"), StringComparison.Ordinal);
        Assert.StartsWith("blob:", await page.EvaluateAsync("document.getElementById('csv').href"), StringComparison.Ordinal);
        await page.EvaluateAsync("document.getElementById('values').open = true");
        await page.UntilAsync("document.querySelector('#values th')");
        Assert.Equal("update", await page.EvaluateAsync("document.querySelector('#values th').textContent"));
        Assert.Equal("201", await page.EvaluateAsync("document.querySelectorAll('#values tr').length"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Figures_follow_the_dark_scheme()
    {
        await using var page = await chromium.NewPageAsync();
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
          [...document.querySelectorAll('figure[data-figure]')].filter(figure => !figure.classList.contains('drawn') || !figure.querySelector('.main-svg')).forEach(figure => faults.push(`${figure.dataset.figure} is not drawn`));
          [...document.querySelectorAll('.main-svg')].filter(svg => svg.getBoundingClientRect().right > window.innerWidth).forEach(svg => faults.push(`a figure ends at ${Math.round(svg.getBoundingClientRect().right)}`));
          const visible = element => element.checkVisibility() && element.getClientRects().length > 0;
          if (isPaper && [...document.querySelectorAll('.modebar')].some(visible)) faults.push('buttons on paper');
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
